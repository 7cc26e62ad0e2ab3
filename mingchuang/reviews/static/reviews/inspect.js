// What is tapped in a hall without a line is kept on this phone until the house has it; each answer
// has a key of its own, so that however often it is sent it is noted once.
const walk = document.querySelector("[data-walk]");
const line = document.querySelector("[data-line]");
const AGAIN = 15_000;
// What a page is made of, by who asked for it.
const PARTS = ["link", "script", "css", "img"];
const open = new Promise((resolve, reject) => {
  const asked = indexedDB.open("inspections", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("answers", { keyPath: "id" });
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});
const here = `${walk.dataset.who} ${walk.dataset.walk} `;

async function store(mode, deed) {
  const asked = deed((await open).transaction("answers", mode).objectStore("answers"));
  return new Promise((resolve, reject) => {
    asked.transaction.oncomplete = () => resolve(asked.result);
    asked.transaction.onerror = () => reject(asked.error);
  });
}
const keep = (answer) => store("readwrite", (answers) => answers.put(answer));
const drop = (answer) => store("readwrite", (answers) => answers.delete(answer.id));
const kept = async () => (await store("readonly", (answers) => answers.getAll())).filter(({ id }) => id.startsWith(here));

const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const clauseOf = ({ id }) => document.getElementById(`c${id.slice(here.length)}`);
const formOf = (clause) => clause.querySelector("form");

// What stands on the form now. A photo is kept as it is; what was chosen before stays chosen.
function read(clause, before) {
  const form = formOf(clause);
  const chosen = [...form.elements.photos.files];
  return {
    id: here + clause.dataset.clause,
    answer: form.elements.answer.value,
    times: form.elements.times.value,
    note: form.elements.note.value,
    photos: chosen.length ? chosen : before?.photos ?? [],
    seen: before?.seen ?? form.elements.seen.value,
    key: newKey(),
    ready: false,
    clash: "",
  };
}

function write(answer) {
  const clause = clauseOf(answer);
  if (!clause) return;
  const { elements } = formOf(clause);
  elements.answer.value = answer.answer;
  elements.times.value = answer.times;
  elements.note.value = answer.note;
  clause.open = !answer.ready;
  if (answer.ready) tell(clause);
  if (answer.clash) clash(clause, answer.clash);
}

function tell(clause) {
  const tag = clause.querySelector("[data-tag]");
  const chosen = clause.querySelector("[name=answer]:checked");
  tag.textContent = chosen ? chosen.closest("label").textContent.trim() : "";
  tag.hidden = !chosen;
  const noted = walk.querySelectorAll("[data-tag]:not([hidden])").length;
  document.querySelector("[data-done]").textContent = noted;
}

function clash(clause, sentence) {
  const box = clause.querySelector("[data-conflict]");
  box.querySelector("p").textContent = sentence;
  box.hidden = !sentence;
  if (sentence) clause.open = true;
}

function next(clause) {
  clause.open = false;
  const left = [...walk.children].find((one) => one.querySelector("[data-tag]").hidden);
  const focus = left ?? document.querySelector("[data-finish]");
  if (left) left.open = true;
  focus.scrollIntoView({ block: "start" });
  focus.querySelector("summary, button").focus({ preventScroll: true });
}

async function say(words) {
  const waiting = (await kept()).filter(({ ready, clash }) => ready || clash).length;
  const told = waiting ? line.dataset.waiting.replace("0", waiting) : line.dataset.sent;
  line.dataset.left = waiting ? "yes" : "";
  line.textContent = words ?? told;
  line.hidden = false;
}

function parcel(answer) {
  const form = new FormData();
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const said = { csrfmiddlewaretoken: token, once: answer.key, seen: answer.seen, answer: answer.answer, times: answer.times, note: answer.note };
  for (const [name, value] of Object.entries(said)) form.append(name, value);
  for (const photo of answer.photos) form.append("photos", photo, photo.name);
  return form;
}

// The house has it, unless it was noted anew meanwhile: then that one knows of this one.
async function arrived(answer) {
  const now = (await kept()).find(({ id }) => id === answer.id);
  const { elements } = formOf(clauseOf(answer));
  elements.seen.value = answer.key;
  elements.photos.value = "";
  if (now?.key === answer.key) await drop(answer);
  else if (now) await keep({ ...now, seen: `${now.seen} ${answer.key}` });
}

async function send(answer) {
  const headers = { Accept: "application/json" };
  const sent = await fetch(formOf(clauseOf(answer)).action, { method: "POST", body: parcel(answer), headers });
  if (sent.ok && !sent.redirected) return arrived(answer);
  if (sent.status !== 409) throw new Error(line.dataset.signedOut);
  const { told, stands } = await sent.json();
  await keep({ ...answer, ready: false, clash: told, stands });
  clash(clauseOf(answer), told);
}

// The page as it stands at the house, with all it is made of, so that it opens again without a line
// (worker.js). Its own address is not that of a form that came back refused.
async function keepPage() {
  const shelf = await caches.open("inspections");
  const page = await fetch(walk.dataset.here, { headers: { Accept: "text/html" } });
  if (!page.ok || page.redirected) return;
  await shelf.put(walk.dataset.here, page);
  const parts = performance.getEntriesByType("resource").filter(({ initiatorType }) => PARTS.includes(initiatorType));
  const ours = parts.map(({ name }) => name).filter((name) => name.startsWith(new URL(walk.dataset.parts, location).href));
  for (const part of new Set(ours)) if (!(await shelf.match(part))) await shelf.add(part);
}

// A browser without a shelf does without: what was tapped is kept all the same.
async function standBy() {
  try {
    await navigator.serviceWorker.register(walk.dataset.worker);
    await keepPage();
  } catch {}
}

async function sendWhatWaits() {
  try {
    const waiting = (await kept()).filter((one) => one.ready && clauseOf(one));
    for (const answer of waiting) await send(answer);
    if (!waiting.length) return;
    await say();
    await standBy();
  } catch (fault) {
    // No line: a browser says so by a TypeError.
    await say(fault instanceof TypeError ? undefined : fault.message);
  }
}

// Who asks while it is being sent is sent right after, not at the next round.
let sending = false;
let asked = false;
async function flush() {
  asked = navigator.onLine;
  if (sending) return;
  sending = true;
  try {
    while (asked) {
      asked = false;
      await sendWhatWaits();
    }
  } finally {
    sending = false;
  }
}

async function current(clause) {
  return (await kept()).find(({ id }) => id === here + clause.dataset.clause);
}

// What is read and what is written of one clause never cross.
let last = Promise.resolve();
const inTurn = (deed) => (last = last.then(deed, deed));

// What was not kept needs a note or a photo, also where no house is there to say so.
function lacks(clause, { answer, note, photos }) {
  const box = formOf(clause).elements.note;
  const shown = note.trim() || photos.length || clause.querySelector(".more .photos img");
  box.setCustomValidity(answer === "broken" && !shown ? walk.dataset.lacking : "");
  return !box.reportValidity();
}

async function note(clause) {
  const before = await current(clause);
  const answer = { ...read(clause, before), ready: true };
  // One that may have arrived though no answer came back: it is known, too.
  if (before?.ready) answer.seen = `${before.seen} ${before.key}`;
  if (lacks(clause, answer)) return;
  await keep(answer);
  clash(clause, "");
  tell(clause);
  await say();
  next(clause);
  flush();
}

async function settle(clause, mine) {
  const answer = await current(clause);
  if (!answer) return;
  if (mine) {
    await keep({ ...answer, key: newKey(), seen: answer.stands, ready: true, clash: "" });
    clash(clause, "");
    return flush();
  }
  await drop(answer);
  location.reload();
}

function listen() {
  walk.addEventListener("submit", (event) => {
    const clause = event.target.closest("[data-clause]");
    // Nothing chosen: the house says what is missing.
    if (!event.target.elements.answer.value) return;
    event.preventDefault();
    inTurn(() => note(clause));
  });
  walk.addEventListener("input", (event) => inTurn(async () => {
    const clause = event.target.closest("[data-clause]");
    const before = await current(clause);
    if (!before?.ready) await keep(read(clause, before));
  }));
  walk.addEventListener("click", (event) => {
    const clause = event.target.closest("[data-clause]");
    if (event.target.matches("[data-mine]")) settle(clause, true);
    if (event.target.matches("[data-theirs]")) settle(clause, false);
  });
  document.querySelector("[data-finish]").addEventListener("submit", (event) => {
    if (line.dataset.left !== "yes" && navigator.onLine) {
      self.caches?.open("inspections").then((shelf) => shelf.delete(walk.dataset.here));
      return;
    }
    event.preventDefault();
    line.textContent = line.dataset.first;
    line.hidden = false;
    line.scrollIntoView();
  });
  addEventListener("online", flush);
  setInterval(flush, AGAIN);
}

// Without a store the form is sent as any form is.
try {
  for (const answer of await kept()) write(answer);
  listen();
  await flush();
  if (navigator.onLine) await standBy();
  else await say();
} catch {
  line.hidden = true;
}
