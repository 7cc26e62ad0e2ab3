// The page that checks a plan: reads the file, asks lottery.js, and says the result in words.

import { readDice, ticketOf, untruths, untruthsOfDraw } from "./lottery.js";
import { namesTwice } from "./names.js";
import { untruthsOfRefills } from "./refill.js";
import { sealOf } from "./seal.js";

const words = JSON.parse(document.getElementById("lottery-words").textContent);
const said = JSON.parse(document.getElementById("lottery-said").textContent);
const outcome = document.getElementById("outcome");
const form = document.getElementById("check");
const SHOWN = 20;
let given = null;
let rest = [];

const filled = (sentence, facts) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => facts[name] ?? "");

// The hour of a promise is the hour on the wall of the hall, wherever it is read.
const shown = (moment) => new Date(moment.replace(/\d{3}Z$/, "Z")).toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "short", timeZone: form.dataset.zone });

function say(lines) {
  outcome.replaceChildren(
    ...lines.map(([kind, sentence]) => {
      const line = document.createElement("p");
      line.className = kind;
      line.textContent = `${kind === "bad" ? "✘" : "✔"} ${sentence}`;
      return line;
    }),
  );
}

async function look(text, records) {
  let plan;
  let told;
  try {
    plan = JSON.parse(text);
    told = records.map((one) => JSON.parse(one));
  } catch {
    return say([["bad", said.no_json]]);
  }
  const twice = [text, ...records].flatMap(namesTwice);
  if (twice.length) return say(twice.map((what) => ["bad", filled(words.twice, { what })]));
  if (!globalThis.crypto?.subtle) return say([["bad", said.no_crypto]]);
  const found = (await untruths(plan, sealOf)).map(([code, what]) => ["bad", filled(words[code], { what })]);
  const rounds = told.filter((one) => one?.round !== undefined);
  const draws = told.filter((one) => one?.round === undefined);
  if (!found.length) {
    const wrong = [...draws.flatMap((one) => untruthsOfDraw(plan, one)), ...(await untruthsOfRefills(plan, rounds, sealOf))];
    found.push(...wrong.map(([code, what]) => ["bad", filled(words[code], { what })]));
  }
  const seal = form.seal.value.trim();
  if (seal && seal !== plan.commitment) found.push(["bad", said.other_seal]);
  const dice = readDice(form.dice.value);
  const others = found.length || !dice ? [] : draws.filter((one) => `${one.dice}` !== `${dice}`);
  found.push(...others.map((one) => ["bad", filled(said.other_dice, { dice: one.dice.join(" ") })]));
  const more = found.length - SHOWN;
  if (more > 0) found.splice(SHOWN, more, ["bad", filled(said.more, { n: more })]);
  if (found.length) return say(found);
  const facts = { tickets: plan.tickets.length, people: Object.keys(plan.people).length, seal: plan.commitment };
  const lines = [["good", filled(said.holds, facts)]];
  if (seal) lines.push(["good", said.same_seal]);
  if (plan.rest_waived?.length) lines.push(["good", filled(said.rest_waived, { n: plan.rest_waived.length })]);
  if (plan.announced) lines.push(["good", filled(said[plan.randomness], { announced: plan.announced })], ["good", filled(said.due, { due: shown(plan.due) })]);
  const thrown = draws.length ? draws[0].dice : dice;
  if (thrown) {
    const { number, people } = ticketOf(plan, thrown);
    lines.push(["good", filled(said.ticket, { ticket: `${number}`.padStart(3, "0"), people: people.join(" ") })]);
  } else if (form.dice.value.trim()) lines.push(["bad", said.digits]);
  for (const one of rounds) {
    lines.push(["good", filled(said.refill, { round: one.round, ticket: `${one.ticket}`.padStart(3, "0"), people: one.new.join(" ") })]);
    for (const each of one.gave_way ?? []) lines.push(["good", filled(said.gave_way, each)]);
  }
  return say(lines);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = form.file.files;
  const chosen = await Promise.all([...form.records.files].map((one) => one.text()));
  const records = chosen.length ? chosen : file ? [] : rest;
  if (file) await look(await file.text(), records);
  else if (given) await look(given, records);
  else say([["bad", said.no_file]]);
});

// A plan of this house may be named in the address, with its refills; nothing from elsewhere is fetched.
// With it come the seal that was published and the dice that were thrown, to compare them.
const asked = new URLSearchParams(location.search);
for (const name of ["seal", "dice"]) form[name].value = asked.get(name) ?? form[name].value;
const named = [asked.get("plan"), ...asked.getAll("refill")];
if (named.every((one) => one?.startsWith("/council/"))) {
  const answers = await Promise.all(named.map((one) => fetch(one)));
  if (answers.every((one) => one.ok)) {
    [given, ...rest] = await Promise.all(answers.map((one) => one.text()));
    await look(given, rest);
  }
}
