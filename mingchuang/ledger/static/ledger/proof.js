// What proves an entry, in the browser's own arithmetic: RFC 8785, RFC 9162, C2SP notes, Ed25519.
// No server is asked and none is trusted. What cannot be read is null, never an exception.

const utf8 = new TextEncoder();
const HASH = 32;

export const leafHash = (content) => sha256([0], utf8.encode(content));
const nodeHash = (left, right) => sha256([1], left, right);

/** Whether `path` leads from the leaf hash to the root (RFC 9162 §2.1.3.2). */
export async function isIncluded(leaf, path, { index, size, root }) {
  if (!(index >= 0 && index < size)) return false;
  let [place, last, found] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      found = await nodeHash(sibling, found);
      [place, last] = pastLeftEdges(place, last);
    } else {
      found = await nodeHash(found, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(found, root);
}

/** Whether the second tree begins with the first one (RFC 9162 §2.1.4.2). */
export async function isConsistent(proof, first, second) {
  if (!(first.size > 0 && first.size <= second.size)) return false;
  if (first.size === second.size) return !proof.length && isSame(first.root, second.root);
  const path = isPowerOfTwo(first.size) ? [first.root, ...proof] : [...proof];
  if (!path.length) return false;
  let [place, last] = [first.size - 1, second.size - 1];
  while (place % 2) [place, last] = [half(place), half(last)];
  let [before, after] = [path[0], path[0]];
  for (const sibling of path.slice(1)) {
    if (last === 0) return false;
    if (place % 2 || place === last) {
      before = await nodeHash(sibling, before);
      after = await nodeHash(sibling, after);
      [place, last] = pastLeftEdges(place, last);
    } else {
      after = await nodeHash(after, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isSame(before, first.root) && isSame(after, second.root);
}

/** The receipt in a JSON text: its parts decoded, its entry read. */
export function readReceipt(text) {
  const parts = readJson(text);
  if (!parts || !isCount(parts.index) || !isCount(parts.size)) return null;
  if (typeof parts.entry !== "string" || typeof parts.checkpoint !== "string") return null;
  const hashes = Array.isArray(parts.hashes) ? parts.hashes.map(readHash) : [null];
  const says = readJson(parts.entry);
  if (!says || hashes.includes(null) || hashes.length > 64) return null;
  return { ...parts, hashes, says };
}

/** The key a "vkey" names: name+hex of its number+base64 of 0x01 and the public key. */
export async function readKey(text) {
  const [, name, number, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text ?? "") ?? [];
  const content = readBase64(encoded);
  if (content?.length !== 1 + HASH || content[0] !== 1) return null;
  const found = await sha256(utf8.encode(`${name}\n`), content);
  return hex(found.slice(0, 4)) === number ? { name, number, bytes: content.slice(1) } : null;
}

/**
 * The head a checkpoint states: { origin, size, root, isSigned }. `isSigned` is null where this
 * browser knows no Ed25519, false where the key has not signed these words.
 */
export async function openCheckpoint(note, key) {
  const cut = note.lastIndexOf("\n\n");
  const text = note.slice(0, cut + 1);
  const lines = note.slice(cut + 2).split("\n");
  const [origin, size, root] = text.split("\n");
  const head = { origin, size: Number(size), root: readHash(root) };
  if (cut < 0 || lines.pop() !== "" || !/^(0|[1-9]\d{0,15})$/.test(size) || !head.root) return null;
  const found = lines.map((line) => /^— ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line));
  const ours = found
    .filter((match) => match?.[1] === key.name)
    .map((match) => readBase64(match[2]))
    .filter((content) => content && hex(content.slice(0, 4)) === key.number);
  if (found.includes(null) || !ours.length || origin !== key.name) {
    return { ...head, isSigned: false };
  }
  const signed = await Promise.all(ours.map((one) => isSignature(key, one.slice(4), text)));
  return { ...head, isSigned: signed.includes(null) ? null : signed.every(Boolean) };
}

/** RFC 8785: what JSON.stringify writes, with the names of every object in order. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

export function readHash(text) {
  const content = readBase64(text);
  return content?.length === HASH ? content : null;
}

async function isSignature(key, signature, text) {
  try {
    const imported = await crypto.subtle.importKey("raw", key.bytes, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", imported, signature, utf8.encode(text));
  } catch (error) {
    if (error.name === "NotSupportedError") return null;
    return false;
  }
}

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

function readBase64(text) {
  try {
    const signs = atob(text);
    return btoa(signs) === text ? Uint8Array.from(signs, (sign) => sign.charCodeAt(0)) : null;
  } catch {
    return null;
  }
}

function readJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

const isSame = (one, other) => one.length === other.length && one.every((byte, n) => byte === other[n]);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isPowerOfTwo = (number) => Number.isInteger(Math.log2(number));
const half = (number) => Math.floor(number / 2);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function pastLeftEdges(place, last) {
  while (place && place % 2 === 0) [place, last] = [half(place), half(last)];
  return [place, last];
}
