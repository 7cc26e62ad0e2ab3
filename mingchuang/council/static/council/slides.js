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
