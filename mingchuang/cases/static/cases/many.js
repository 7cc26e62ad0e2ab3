// Many at once: x marks a case, Shift reaches back to the last mark, the bar says how many.
(() => {
  const boxes = [...document.querySelectorAll("[name=case]")];
  const bar = document.getElementById("many");
  const found = bar?.querySelector("[data-all-found]");
  const here = bar?.querySelector("[data-all-here]");
  const said = bar?.querySelector("[data-marked]");
  let last = null;

  function tell() {
    const n = boxes.filter((box) => box.checked).length;
    for (const count of document.querySelectorAll("[data-count]")) count.textContent = n;
    if (!bar) return;
    here.control.checked = n === boxes.length;
    here.control.indeterminate = n > 0 && n < boxes.length;
    said.textContent = found?.checked ? "" : said.dataset.marked.replace("0", n);
    bar.classList.toggle("idle", !n && !found?.checked);
  }

  function mark(box, on, reach) {
    const ends = [boxes.indexOf(box), boxes.indexOf(reach && last ? last : box)];
    for (const one of boxes.slice(Math.min(...ends), Math.max(...ends) + 1)) one.checked = on;
    last = box;
    tell();
  }

  function current() {
    const line = document.activeElement.closest(".markable") ?? document.querySelector(".markable:has([aria-current])");
    return line?.querySelector("[name=case]");
  }

  document.addEventListener("click", (event) => {
    if (event.target.name === "case") mark(event.target, event.target.checked, event.shiftKey);
  });
  found?.addEventListener("change", tell);
  here?.addEventListener("change", () => {
    for (const box of boxes) box.checked = here.control.checked;
    tell();
  });
  document.addEventListener("keydown", (event) => {
    if (!bar || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog")) return;
    const box = current();
    if (event.key === "x" && box) mark(box, !box.checked, false);
    if (event.key === "X" && box) mark(box, true, true);
    if (event.key === "b") bar.querySelector("[name=deed]").focus();
  });

  if (here) here.hidden = false;
  window.addEventListener("pageshow", tell);
})();
