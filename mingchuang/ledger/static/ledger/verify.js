// The page that checks a receipt: reads the form, asks proof.js, and says the result in words.

import { canonical, isConsistent, isIncluded, leafHash, openCheckpoint, readHash, readKey, readReceipt } from "./proof.js";

const words = JSON.parse(document.getElementById("ledger-words").textContent);
const shownKey = document.getElementById("ledger-key").textContent;
const form = document.getElementById("verify");
const outcome = document.getElementById("outcome");

const GOOD = "good", BAD = "bad", NOTE = "note";
const MARKS = { [GOOD]: "✔", [BAD]: "✘", [NOTE]: "·" };

/** Everything a receipt shows, as [kind, sentence] in the order people read. */
async function findings(text, { pinned, kept }) {
  if (!globalThis.crypto?.subtle) return [[BAD, say("no_crypto")]];
  if (!text) return [[BAD, say("empty")]];
  const receipt = readReceipt(text);
  const key = await readKey(receipt?.key);
  const head = key && (await openCheckpoint(receipt.checkpoint, key));
  if (!head) return [[BAD, say("unreadable")]];
  const found = [
    ...(await aboutEntry(receipt, head)),
    ...aboutSignature(head),
    ...(await aboutKey(receipt.key, pinned)),
    ...(kept ? await aboutKept(kept, key, head) : []),
  ];
  const holds = found.every(([kind]) => kind !== BAD);
  const place = { place: receipt.index + 1, size: receipt.size };
  const verdict = say(head.isSigned === null ? "in_tree" : "holds", place);
  if (!holds) return [[BAD, say("fails")], ...found];
  return [[GOOD, verdict], ...aboutContent(receipt.says), ...found];
}

async function aboutEntry(receipt, head) {
  const leaf = await leafHash(receipt.entry);
  const place = { index: receipt.index, size: receipt.size, root: head.root };
  const flaws = {
    other_size: head.size !== receipt.size,
    not_canonical: !isEntry(receipt.says) || canonical(receipt.says) !== receipt.entry,
    not_included: !(await isIncluded(leaf, receipt.hashes, place)),
  };
  return Object.keys(flaws).filter((flaw) => flaws[flaw]).map((flaw) => [BAD, say(flaw)]);
}

function aboutSignature(head) {
  if (head.isSigned === null) return [[NOTE, say("no_ed25519")]];
  return [head.isSigned ? [GOOD, say("signed", head)] : [BAD, say("bad_signature")]];
}

async function aboutKey(key, pinned) {
  if (pinned && !(await readKey(pinned))) return [[BAD, say("bad_pinned_key")]];
  if (pinned) return [pinned === key ? [GOOD, say("pinned_key")] : [BAD, say("other_key")]];
  // Whoever forges a receipt signs it with a key of their own: without a word for it, it fails.
  return [key === shownKey ? [NOTE, say("same_key", { key })] : [BAD, say("other_key_here", { key })]];
}

async function aboutKept(note, key, head) {
  const kept = await openCheckpoint(note, key);
  if (!kept || kept.isSigned === false || !kept.size) return [[BAD, say("kept_not_ours")]];
  const [first, second] = kept.size <= head.size ? [kept, head] : [head, kept];
  const proof = first.size === second.size ? [] : await fetchedProof(first.size, second.size);
  if (!proof) return [[NOTE, say("kept_unknown")]];
  if (!(await isConsistent(proof, first, second))) return [[BAD, say("kept_broken")]];
  const sizes = { first: first.size, second: second.size };
  return [[GOOD, say(first.size === second.size ? "kept_same" : "kept_grew", sizes)]];
}

function inWords(moment) {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  const style = { dateStyle: "full", timeStyle: "medium", timeZone: form.dataset.zone };
  return new Intl.DateTimeFormat(document.documentElement.lang, style).format(at);
}

function aboutContent(entry) {
  const at = inWords(entry.at);
  const [noun, deed] = entry.verb.split(".");
  const names = { noun: words.nouns[noun] ?? noun, deed: words.deeds[deed] ?? deed };
  return [
    [NOTE, say("says", { at, subject: entry.subject, deed: say("happened", names) }), entry.facts],
    ...(entry.digest ? [[NOTE, say("private", entry)]] : []),
  ];
}

async function fetchedProof(first, second) {
  try {
    const answer = await fetch(`proof/consistency?first=${first}&second=${second}`);
    const hashes = (await answer.json()).hashes.map(readHash);
    return hashes.includes(null) ? null : hashes;
  } catch {
    return null;
  }
}

function isEntry(entry) {
  const { at, digest, facts, subject, v, verb, ...rest } = entry;
  const texts = [at, digest, subject, verb].every((part) => typeof part === "string");
  const isTable = facts && typeof facts === "object" && !Array.isArray(facts);
  return texts && v === 1 && isTable && !Object.keys(rest).length;
}

function say(code, facts = {}) {
  return words[code].replace(/%\((\w+)\)s/g, (_, name) => facts[name]);
}

/** An address like /ledger/#12 brings the receipt of place 12 along. */
async function fetchAsked() {
  const index = /^#(\d{1,15})$/.exec(location.hash)?.[1];
  if (!index) return;
  try {
    const answer = await fetch(`entries/${index}/receipt.json`);
    if (!answer.ok) throw new Error(answer.statusText);
    form.elements.receipt.value = await answer.text();
    form.requestSubmit();
  } catch {
    show([[BAD, say("not_fetched")]]);
  }
}

function show(found) {
  const list = document.createElement("ul");
  list.className = "card stack found";
  list.append(...found.map(asItem));
  outcome.replaceChildren(list);
  outcome.focus();
}

function asItem([kind, sentence, facts = {}]) {
  const item = document.createElement("li");
  item.className = kind;
  const mark = document.createElement("span");
  mark.append(MARKS[kind], " ");
  item.append(mark, sentence);
  const names = Object.keys(facts);
  if (names.length) {
    const list = document.createElement("dl");
    for (const name of names) {
      const term = document.createElement("dt");
      const value = document.createElement("dd");
      term.append(words.facts[name] ?? name);
      value.append(typeof facts[name] === "string" ? facts[name] : JSON.stringify(facts[name]));
      list.append(term, value);
    }
    item.append(list);
  }
  return item;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { receipt, pinned, kept } = form.elements;
  const given = { pinned: pinned.value.trim(), kept: kept.value && `${kept.value.trim()}\n` };
  show(await findings(receipt.value.trim(), given));
});
form.elements.file.addEventListener("change", async ({ target }) => {
  if (target.files.length) form.elements.receipt.value = await target.files[0].text();
});
addEventListener("hashchange", fetchAsked);

document.getElementById("by-hand").hidden = true;
form.hidden = false;
fetchAsked();
