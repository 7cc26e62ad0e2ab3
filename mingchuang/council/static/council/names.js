// Names that one object in a JSON text gives twice: some readers take the first, others the last.

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The names that are given twice, in a text that JSON.parse takes. */
export function namesTwice(text) {
  const twice = new Set();
  const open = [];
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const [name, names] = [JSON.parse(before), open.at(-1)];
      if (names.has(name)) twice.add(name);
      names.add(name);
    }
    before = token;
  }
  return [...twice];
}
