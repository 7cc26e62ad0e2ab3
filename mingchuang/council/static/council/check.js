// The page that checks a plan: reads the file, asks lottery.js, and says the result in words.

import { ticketOf, untruths } from "./lottery.js";
import { sealOf } from "./seal.js";

const words = JSON.parse(document.getElementById("lottery-words").textContent);
const said = JSON.parse(document.getElementById("lottery-said").textContent);
const outcome = document.getElementById("outcome");
const form = document.getElementById("check");
const SHOWN = 20;
let given = null;

const filled = (sentence, facts) => sentence.replace(/%\((\w+)\)s/g, (_all, name) => facts[name] ?? "");

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

async function look(text) {
  let plan;
  try {
    plan = JSON.parse(text);
  } catch {
    return say([["bad", said.no_json]]);
  }
  if (!globalThis.crypto?.subtle) return say([["bad", said.no_crypto]]);
  const found = (await untruths(plan, sealOf)).map(([code, what]) => ["bad", filled(words[code], { what })]);
  const seal = form.seal.value.trim();
  if (seal && seal !== plan.commitment) found.push(["bad", said.other_seal]);
  if (found.length) return say(found.slice(0, SHOWN));
  const facts = { tickets: plan.tickets.length, people: Object.keys(plan.people).length, seal: plan.commitment };
  const lines = [["good", filled(said.holds, facts)]];
  const dice = form.dice.value.match(/\d/g) ?? [];
  if (dice.length === 3) {
    const { number, people } = ticketOf(plan, dice);
    lines.push(["good", filled(said.ticket, { ticket: `${number}`.padStart(3, "0"), people: people.join(" ") })]);
  } else if (dice.length) lines.push(["bad", said.dice]);
  return say(lines);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const [file] = form.file.files;
  if (file) await look(await file.text());
  else if (given) await look(given);
  else say([["bad", said.no_file]]);
});

// A plan of this house may be named in the address; nothing from elsewhere is fetched.
const named = new URLSearchParams(location.search).get("plan");
if (named?.startsWith("/council/")) {
  const answer = await fetch(named);
  if (answer.ok) {
    given = await answer.text();
    await look(given);
  }
}
