// A slider beside each number of seats: they move together, and the price follows.
function slide(number) {
  const beside = document.createElement("input");
  Object.assign(beside, { type: "range", min: 0, max: number.max, value: number.value, tabIndex: -1 });
  beside.setAttribute("aria-hidden", "true");
  beside.addEventListener("input", () => (number.value = beside.value));
  beside.addEventListener("change", () => number.dispatchEvent(new Event("change", { bubbles: true })));
  number.addEventListener("input", () => (beside.value = number.value));
  number.after(beside);
}

const all = () => document.querySelectorAll("[data-slides]:not(:has(+ [type=range]))").forEach(slide);
all();
document.addEventListener("htmx:oobAfterSwap", all);

// Whoever moves a number of a category means it to count.
function counts(event) {
  if (event.target.matches("[data-slides]")) event.target.closest("fieldset").querySelector("[type=checkbox]").checked = true;
}
for (const moved of ["input", "change"]) document.addEventListener(moved, counts);

// The row a refused price names is marked, until another price comes.
document.addEventListener("htmx:afterSettle", () => {
  const named = new Set([...document.querySelectorAll("#price [data-fault]")].map((one) => one.dataset.fault));
  for (const number of document.querySelectorAll("[data-slides]")) {
    const row = number.closest("tr");
    const wrong = named.has(number.name);
    if (wrong) number.setAttribute("aria-invalid", "true");
    else number.removeAttribute("aria-invalid");
    row.classList.toggle("wrong", Boolean(row.querySelector("[aria-invalid=true]")));
  }
});
