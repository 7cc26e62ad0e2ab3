// What a plan looks like, part by part, so that no check stumbles over nonsense.

const TRUTH = (value) => typeof value === "boolean";
const TEXT = (value) => typeof value === "string";
const WHOLE = (value) => Number.isSafeInteger(value);
const NUMBER = (value) => Number.isFinite(value);
const oneOf =
  (...known) =>
  (value) =>
    known.includes(value);
const orNone = (test) => (value) => value === null || test(value);
const every = (shape) => ({ every: shape });
const places = (...shapes) => ({ places: shapes });
const QUOTA = { category: TEXT, feature: TEXT, min: WHOLE, max: WHOLE };
const PERSON = { class: orNone(WHOLE), features: [TEXT], home: WHOLE, must: orNone(TEXT), weight: NUMBER };
const SHAPE = {
  size: WHOLE,
  low_top: TRUTH,
  categories: [TEXT],
  quotas: [QUOTA],
  classes: [{ features: [TEXT], weight: NUMBER, home: WHOLE, people: WHOLE }],
  people: every(PERSON),
  seated: [WHOLE],
  rest_waived: [TEXT],
  marginals: every({ tickets: WHOLE, of: WHOLE, chance: NUMBER }),
  rounding: NUMBER,
  bound: NUMBER,
  floor: NUMBER,
  dealt: NUMBER,
  gap: NUMBER,
  proved: oneOf("leximin", "floor", "gap", "low_top"),
  lottery: { parts: WHOLE, panels: [places(WHOLE, [places(WHOLE, WHOLE)])] },
  proof: { by: oneOf("worths", "search"), quotas: [WHOLE], homes: [places(WHOLE, WHOLE)], seats: WHOLE },
  reach: [{ features: [TEXT], people: [TEXT], because: [{ ...QUOTA, to_min: WHOLE, to_max: WHOLE }] }],
  price: [{ ...QUOTA, with: NUMBER, without: orNone(NUMBER) }],
  top: { largest: NUMBER, least_possible: orNone(NUMBER) },
  tickets: [[TEXT]],
  randomness: oneOf("dice", "issue"),
  due: TEXT,
  announced: TEXT,
  versions: every(TEXT),
  timings: every(NUMBER),
  commitment: TEXT,
};

// A plan that was made before plans told these is as good as ever.
const LATER = new Set(["due", "rest_waived"]);

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** The parts of a plan that are not what they should be, missing or too many. */
export function misshapen(plan) {
  if (!isObject(plan)) return ["plan"];
  const asked = Object.keys(SHAPE).filter((name) => Object.hasOwn(plan, name) || !LATER.has(name));
  const wrong = asked.filter((name) => !fits(plan[name], SHAPE[name]));
  return [...wrong, ...Object.keys(plan).filter((name) => !Object.hasOwn(SHAPE, name))];
}

function fits(value, shape) {
  if (typeof shape === "function") return shape(value);
  if (Array.isArray(shape)) return Array.isArray(value) && value.every((one) => fits(one, shape[0]));
  if (shape.places) {
    const same = Array.isArray(value) && value.length === shape.places.length;
    return same && shape.places.every((of, place) => fits(value[place], of));
  }
  if (!isObject(value)) return false;
  if (shape.every) return Object.values(value).every((one) => fits(one, shape.every));
  const names = Object.keys(shape);
  return names.length === Object.keys(value).length && names.every((name) => fits(value[name], shape[name]));
}
