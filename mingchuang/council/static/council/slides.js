// A slider beside each number of seats: they move together, and the price follows.
for (const number of document.querySelectorAll("[data-slides]")) {
  const slide = document.createElement("input");
  Object.assign(slide, { type: "range", min: 0, max: number.max, value: number.value, tabIndex: -1 });
  slide.setAttribute("aria-hidden", "true");
  slide.addEventListener("input", () => (number.value = slide.value));
  slide.addEventListener("change", () => number.dispatchEvent(new Event("change", { bubbles: true })));
  number.addEventListener("input", () => (slide.value = number.value));
  number.after(slide);
}
