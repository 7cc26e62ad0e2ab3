// Whether a plan says the truth: every panel, every chance, the bound, the seal. The same checks as
// the command `mingchuang lottery check`, in the browser's own arithmetic; no server, no solver.

import { misshapen } from "./shape.js";

const OF = 1000;
const CLOSE = 1e-9;
const NEAR = 1e-5;
const pair = (category, feature) => JSON.stringify([category, feature]);

// What names something that is not there makes a check give up, as it does in the command.
function at(list, place) {
  if (!Object.hasOwn(list, place)) throw new RangeError(`${place}`);
  return list[place];
}

function over(many, parts) {
  if (parts === 0) throw new RangeError("0");
  return many / parts;
}

function pairs(plan, features) {
  if (features.length !== plan.categories.length) throw new RangeError("features");
  return plan.categories.map((category, n) => pair(category, features[n]));
}

/** Everything that does not hold, as [code, what]; nothing if it is as it should be. */
export async function untruths(plan, sealOf) {
  const wrong = misshapen(plan);
  if (wrong.length) return wrong.map((name) => ["shape", name]);
  const found = [];
  for (const check of [(one) => seal(one, sealOf), due, people, filled, waived, kinds, tickets, lottery, marginals, fairness, reports]) {
    try {
      found.push(...(await check(plan)));
    } catch {
      found.push(["shape", check.name]);
    }
  }
  return found;
}

/** Three digits from 0 to 9, one after the other or apart (4,7,1); null of all else. */
export function readDice(text) {
  const told = text.normalize("NFKC").trim();
  const digits = /^[0-9]+$/.test(told) ? [...told] : told.split(/[,，、 ]/).filter(Boolean);
  return digits.length === 3 && digits.every((one) => /^[0-9]$/.test(one)) ? digits.map(Number) : null;
}

/** The ticket that three digits pick, and who is on it. */
export function ticketOf(plan, dice) {
  const number = Number(dice.join(""));
  return { number, people: plan.tickets[number] };
}

export const areDice = (dice) => Array.isArray(dice) && dice.length === 3 && dice.every((one) => Number.isInteger(one) && one >= 0 && one <= 9);

/** What does not hold in the record of a draw: of this plan, by these dice, these people. */
export function untruthsOfDraw(plan, draw) {
  const known = ["commitment", "dice", "ticket", "people", ...(plan.due ? ["at"] : [])];
  if (typeof draw !== "object" || draw === null || !known.every((name) => Object.hasOwn(draw, name))) return [["shape", "draw"]];
  if (!areDice(draw.dice)) return [["dice", ""]];
  const { number, people } = ticketOf(plan, draw.dice);
  if (people === undefined) return [["shape", "draw"]];
  const expected = { commitment: plan.commitment, ticket: number, people };
  const wrong = Object.keys(expected).filter((name) => !same(draw[name], expected[name]));
  const more = Object.keys(draw).filter((name) => !known.includes(name)).sort();
  return [...[...wrong, ...more].map((name) => ["draw", name]), ...tooEarly(plan, draw)];
}

/** A moment as plans and records write it; such moments sort as texts. */
function isMoment(text) {
  if (typeof text !== "string" || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(text)) return false;
  const read = new Date(text.replace(/\d{3}Z$/, "Z"));
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 19) === text.slice(0, 19);
}

function tooEarly(plan, draw) {
  if (!plan.due) return [];
  if (!isMoment(draw.at)) return [["draw", "at"]];
  return draw.at < plan.due ? [["early", draw.at]] : [];
}

function due(plan) {
  return (plan.announced || plan.due) && !(plan.announced && isMoment(plan.due)) ? [["due", ""]] : [];
}

const seal = async (plan, sealOf) => ((await sealOf(plan)) === plan.commitment ? [] : [["seal", ""]]);

function people(plan) {
  const found = [];
  const persons = Object.entries(plan.people);
  const seated = new Set(persons.filter(([, one]) => one.must !== null).map(([, one]) => one.home));
  const counts = plan.classes.map(() => 0);
  for (const [name, one] of persons) {
    if (one.class === null) {
      if (!seated.has(one.home) && one.weight) found.push(["left_out", name]);
      if (one.features.length) found.push(["told", name]);
      continue;
    }
    const of = at(plan.classes, one.class);
    counts[one.class] += 1;
    if (seated.has(one.home)) found.push(["class", name]);
    if (!same(one.features, of.features) || one.weight !== of.weight || !one.weight) found.push(["class", name]);
  }
  plan.classes.forEach((of, n) => counts[n] === of.people || found.push(["class_size", `${n}`]));
  return found;
}

function filled(plan) {
  const musts = mustsOf(plan).length;
  const sums = new Map(plan.categories.map((name) => [name, 0]));
  for (const [key, many] of seatedOf(plan)) add(sums, JSON.parse(key)[0], many);
  const keys = plan.quotas.map((one) => `${one.category}·${one.feature}`);
  const twice = new Set(keys.filter((key, n) => keys.indexOf(key) !== n));
  const found = [...twice].map((key) => ["twice", key]);
  if (plan.seated.some((many) => many < 0)) found.push(["seated", ""]);
  return [...found, ...plan.categories.filter((name) => sums.get(name) !== musts).map((name) => ["seated", name])];
}

function waived(plan) {
  const named = plan.rest_waived ?? [];
  const twice = [...new Set(named.filter((name, n) => named.indexOf(name) !== n))];
  const wrong = named.filter((name) => at(plan.people, name).class === null || plan.people[name].weight >= 1);
  const out = Object.keys(plan.people).filter((name) => named.length && !plan.people[name].weight);
  return [...twice, ...wrong, ...out].map((name) => ["waived", name]);
}

function kinds(plan) {
  const homes = new Map();
  for (const one of Object.values(plan.people)) {
    if (one.class !== null) homes.set(one.home, [...(homes.get(one.home) ?? []), one.class]);
  }
  const alike = new Map();
  const found = [];
  for (const [home, classes] of homes) {
    classes.sort((one, other) => one - other);
    for (const kind of new Set(classes.map((one) => at(plan.classes, one).home))) {
      if (!alike.has(kind)) alike.set(kind, classes);
      if (!same(alike.get(kind), classes)) found.push(["home", `${home}`]);
    }
  }
  return found;
}

function tickets(plan) {
  const found = plan.tickets.length === OF ? [] : [["ticket_count", ""]];
  const musts = mustsOf(plan);
  plan.tickets.forEach((ticket, n) => {
    const what = `${n}`.padStart(3, "0");
    const chosen = ticket.map((name) => at(plan.people, name));
    const names = new Set(ticket);
    if (names.size !== ticket.length || ticket.length !== plan.size) found.push(["ticket_size", what]);
    else if (new Set(chosen.map((one) => one.home)).size !== chosen.length || !musts.every((one) => names.has(one)))
      found.push(["ticket_homes", what]);
    const drawn = chosen.filter((one) => one.class !== null);
    if (drawn.length + musts.length !== chosen.length) found.push(["ticket_outside", what]);
    found.push(...offQuotas(plan, pairsOf(plan, drawn, seatedOf(plan)), "ticket_quota", what));
  });
  return found;
}

function lottery(plan) {
  const found = [];
  const homes = homesOfKinds(plan);
  const musts = mustsOf(plan);
  let parts = 0;
  plan.lottery.panels.forEach(([part, panel], place) => {
    const counts = seatedOf(plan);
    const kinds = new Map();
    let seats = musts.length;
    for (const [one, many] of panel) {
      const of = at(plan.classes, one);
      for (const key of pairs(plan, of.features)) add(counts, key, many);
      add(kinds, of.home, many);
      seats += many;
    }
    const crowded = [...kinds].some(([kind, many]) => many > (homes.get(kind) ?? 0));
    if (crowded || seats !== plan.size || !(part > 0) || panel.some(([, many]) => !(many > 0))) found.push(["panel", `${place}`]);
    found.push(...offQuotas(plan, counts, "panel", `${place}`));
    parts += part;
  });
  if (parts !== plan.lottery.parts) found.push(["parts", ""]);
  return found;
}

function marginals(plan) {
  const found = [];
  const counts = new Map();
  for (const ticket of plan.tickets) for (const name of ticket) add(counts, name, 1);
  const chances = chancesOf(plan);
  let off = 0;
  for (const [name, one] of Object.entries(plan.people)) {
    const told = at(plan.marginals, name);
    const chance = one.class === null ? Number(one.must !== null) : at(chances, one.class);
    if (told.tickets !== (counts.get(name) ?? 0) || told.of !== OF) found.push(["count", name]);
    if (!(Math.abs(told.chance - chance) <= CLOSE)) found.push(["chance", name]);
    off = Math.max(off, Math.abs(told.tickets / OF - told.chance));
  }
  if (Object.keys(plan.marginals).length !== Object.keys(plan.people).length) found.push(["shape", "marginals"]);
  if (!(Math.abs(plan.rounding - off) <= CLOSE)) found.push(["rounding", ""]);
  return found;
}

function chancesOf(plan) {
  const seats = plan.classes.map(() => 0);
  for (const [part, panel] of plan.lottery.panels) for (const [one, many] of panel) seats[one] = at(seats, one) + part * many;
  return plan.classes.map((of, n) => over(seats[n], of.people * plan.lottery.parts));
}

function fairness(plan) {
  const free = Object.entries(plan.people).filter(([, one]) => one.class !== null);
  const dealt = free.map(([name, one]) => over(at(plan.marginals, name).tickets, OF * one.weight));
  const shares = chancesOf(plan).map((chance, n) => over(chance, plan.classes[n].weight));
  const proved = provedBound(plan);
  const searched = plan.proof.by !== "worths";
  const lowest = plan.top.least_possible ?? plan.top.largest;
  const fair = plan.proved === "gap" || plan.gap <= NEAR;
  const holds = {
    dealt: Math.abs(plan.dealt - (dealt.length ? Math.min(...dealt) : 0)) <= CLOSE,
    floor: Math.abs(plan.floor - Math.min(...shares)) <= CLOSE,
    top: Math.abs(plan.top.largest - Math.max(...shares)) <= CLOSE,
    gap: Math.abs(plan.gap - (plan.bound - plan.floor)) <= CLOSE && plan.gap >= 0,
    bound: Math.abs(plan.bound - proved) <= CLOSE || (searched && plan.bound <= proved),
    least_top: plan.floor - NEAR <= lowest && lowest <= plan.top.largest + NEAR,
    proved: fair && (plan.proved !== "low_top" || plan.low_top),
  };
  return Object.keys(holds).filter((code) => !holds[code]).map((code) => [code, ""]);
}

function provedBound(plan) {
  const { proof } = plan;
  const seated = seatedOf(plan);
  const kinds = homesOfKinds(plan);
  const homes = new Map(proof.homes);
  const worth = new Map();
  let most = proof.seats * (plan.size - mustsOf(plan).length);
  if (proof.quotas.length !== plan.quotas.length) throw new RangeError("proof");
  plan.quotas.forEach((one, n) => {
    const key = pair(one.category, one.feature);
    const value = proof.quotas[n];
    const here = seated.get(key) ?? 0;
    worth.set(key, value);
    most += value * (value > 0 ? one.max - here : Math.max(0, one.min - here));
  });
  for (const [kind, value] of homes) if (value > 0) most += value * (kinds.get(kind) ?? 0);
  let all = 0;
  for (const of of plan.classes) {
    let value = proof.seats + (homes.get(of.home) ?? 0);
    for (const key of pairs(plan, of.features)) {
      if (!worth.has(key)) throw new RangeError(key);
      value += worth.get(key);
    }
    if (value < 0) return NaN;
    all += value * of.people * of.weight;
  }
  return over(most, all);
}

function reports(plan) {
  const named = plan.reach.flatMap((one) => one.people).sort();
  const never = Object.keys(plan.people)
    .filter((name) => plan.people[name].class !== null && !at(plan.marginals, name).tickets)
    .sort();
  const alike = plan.reach.every((one) => one.people.every((name) => same(at(plan.people, name).features, one.features)));
  const found = same(named, never) && alike ? [] : [["reach", ""]];
  const facts = (one) => [one.category, one.feature, one.min, one.max];
  const right = (one, n) => same(facts(one), facts(plan.quotas[n])) && one.with === plan.bound && (one.without ?? one.with) >= one.with;
  if (plan.price.length !== plan.quotas.length || !plan.price.every(right)) found.push(["price", ""]);
  const because = plan.reach.flatMap((one) => one.because);
  if (!because.every((one) => plan.quotas.some((quota) => same(facts(one), facts(quota))))) found.push(["because", ""]);
  return found;
}

function offQuotas(plan, counts, code, what) {
  const asked = new Map(plan.quotas.map((one) => [pair(one.category, one.feature), one]));
  const unknown = [...counts].some(([key]) => !asked.has(key));
  const off = [...asked].some(([key, of]) => !((counts.get(key) ?? 0) >= of.min && (counts.get(key) ?? 0) <= of.max));
  return unknown || off ? [[code, what]] : [];
}

/** Who must be there, by their names. */
export const mustsOf = (plan) => Object.keys(plan.people).filter((name) => plan.people[name].must !== null);

/** What all must-ins together fill of each quota; of one alone it is not told. */
export function seatedOf(plan) {
  if (plan.seated.length !== plan.quotas.length) throw new RangeError("seated");
  return new Map(plan.quotas.map((one, n) => [pair(one.category, one.feature), plan.seated[n]]));
}

/** How many of these people have each feature, added to what is counted already. */
export function pairsOf(plan, some, counts = new Map()) {
  for (const one of some) for (const key of pairs(plan, one.features)) add(counts, key, 1);
  return counts;
}

function homesOfKinds(plan) {
  const seen = new Map();
  for (const one of Object.values(plan.people)) {
    if (one.class === null) continue;
    const kind = at(plan.classes, one.class).home;
    seen.set(kind, (seen.get(kind) ?? new Set()).add(one.home));
  }
  return new Map([...seen].map(([kind, of]) => [kind, of.size]));
}

const add = (counts, key, many) => counts.set(key, (counts.get(key) ?? 0) + many);
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
