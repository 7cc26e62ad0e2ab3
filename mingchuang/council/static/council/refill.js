// Whether rounds of refilling say the truth: who lost a seat, who kept theirs, which ticket. The same
// checks as check_refill.py; the number is anybody's to compute, from the dice and the round.

import { canonical } from "../ledger/proof.js";
import { areDice, mustsOf, pairsOf, seatedOf, ticketOf, untruths } from "./lottery.js";

const ACCEPTED = "accepted";
// What else stands in the record of a round; the last three only where the hall made it.
const KNOWN = ["lost", "plan", "gone", "gave_way", "skipped"];
const bytes = (text) => new TextEncoder().encode(text);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const key = (quota) => JSON.stringify([quota.category, quota.feature]);
const facts = (quota) => [quota.category, quota.feature, quota.min, quota.max];

/** The ticket of a round: HMAC-SHA256 of its number under the draw, modulo 1000. */
export async function refillNumber(commitment, dice, round) {
  const secret = bytes(canonical({ commitment, dice }));
  const made = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mark = new Uint8Array(await crypto.subtle.sign("HMAC", made, bytes(`${round}`)));
  return mark.reduce((number, byte) => (number * 256 + byte) % 1000, 0);
}

/** What does not hold in these rounds, each after the one before, as [code, what]. */
export async function untruthsOfRefills(plan, rounds, sealOf) {
  const found = [];
  for (let n = 0; n < rounds.length; n += 1) {
    try {
      found.push(...(await untruthsOf(plan, rounds.slice(0, n), rounds[n], sealOf)));
    } catch {
      found.push(["shape", `refill ${n + 1}`]);
    }
  }
  return found;
}

async function untruthsOf(plan, earlier, one, sealOf) {
  if (!areDice(one.dice)) return [["dice", ""]];
  const found = await untruths(one.plan, sealOf);
  const dice = earlier.length ? earlier[0].dice : one.dice;
  const there = earlier.length ? earlier.at(-1).people : ticketOf(plan, dice).people;
  const seated = there.filter((name) => !one.lost.includes(name));
  if (!one.lost.length || new Set([...seated, ...one.lost]).size !== plan.size) found.push(["lost", one.lost.join("、")]);
  const gone = new Set([...earlier.flatMap((each) => each.lost), ...one.lost]);
  found.push(...asked(plan, one, gone, seated));
  const round = earlier.length + 1 + new Set(one.skipped ?? []).size;
  const ticket = await refillNumber(plan.commitment, dice, round);
  const people = one.plan.tickets[ticket];
  const fresh = people.filter((name) => !seated.includes(name));
  const expected = { commitment: plan.commitment, dice, round, new: fresh, ticket, people };
  const wrong = Object.keys(expected).filter((name) => !same(one[name], expected[name]));
  const more = Object.keys(one).filter((name) => !Object.hasOwn(expected, name) && !KNOWN.includes(name)).sort();
  found.push(...[...wrong, ...more].map((name) => ["refill", name]));
  return found;
}

function asked(plan, one, gone, seated) {
  const again = one.plan;
  const found = ["size", "low_top", "categories"].filter((name) => !same(plan[name], again[name])).map((name) => ["refill_plan", name]);
  if (!same(again.quotas.map(facts), wanted(plan, one).map(facts))) found.push(["refill_plan", "quotas"]);
  if (again.rest_waived?.length) found.push(["refill_plan", "rest_waived"]);
  const out = new Set([...gone, ...(one.gone ?? [])]);
  const left = Object.entries(plan.people).filter(([name]) => !out.has(name));
  const names = left.map(([name]) => name);
  if (!same([...names].sort(), Object.keys(again.people).sort())) return [...found, ["refill_plan", "people"]];
  found.push(...filled(plan, again, out));
  const vacant = new Set([...gone].filter((name) => plan.people[name].must).map((name) => plan.people[name].home));
  const homes = new Map();
  for (const [name, told] of left) {
    const now = again.people[name];
    if (!homes.has(told.home)) homes.set(told.home, now.home);
    const must = told.must || (seated.includes(name) ? ACCEPTED : null);
    const hidden = told.class === null || now.class === null;
    const alike = (hidden || same(told.features, now.features)) && told.weight === now.weight && homes.get(told.home) === now.home;
    const heir = vacant.has(told.home) && now.must !== null;
    if (!alike || (must !== now.must && !heir)) found.push(["refill_plan", name]);
  }
  if (new Set(homes.values()).size !== homes.size) found.push(["refill_plan", "commitment"]);
  return found;
}

// Those who are fixed fill what the must-ins did and what is known of who was drawn; where a must-in
// is gone nobody is told what they filled.
function filled(plan, again, out) {
  const musts = mustsOf(plan);
  const drawn = mustsOf(again).filter((name) => !musts.includes(name)).map((name) => plan.people[name]);
  const known = drawn.filter((one) => one.class !== null);
  const [before, now, added] = [seatedOf(plan), seatedOf(again), pairsOf(plan, known)];
  const missing = musts.some((name) => out.has(name));
  const found = [];
  for (const name of new Set([...before.keys(), ...now.keys()])) {
    const [here, sure, were] = [now, added, before].map((counts) => counts.get(name) ?? 0);
    const most = sure + were + drawn.length - known.length;
    if (here > most || here < (missing ? sure : most)) found.push(["refill_plan", JSON.parse(name).join("·")]);
  }
  return found;
}

// The quotas of the plan, with those that gave way by name; of what nobody is left nothing is asked.
function wanted(plan, one) {
  const gave = new Map((one.gave_way ?? []).map((each) => [key(each), each]));
  const kept = new Set(one.plan.quotas.map(key));
  const now = plan.quotas.map((quota) => {
    const to = gave.get(key(quota));
    return to ? { ...quota, min: to.to_min, max: to.to_max } : quota;
  });
  return now.filter((quota) => quota.max || kept.has(key(quota)));
}
