// The desk by keyboard: j/k move, Enter opens, / searches, ? shows the sheet, letters do deeds.
(() => {
  const items = () => [...document.querySelectorAll("[data-item]")];
  const panel = document.querySelector(".panel");
  const sheet = document.getElementById("keys");
  const hint = document.querySelector("[data-sheet]");

  // The way back leads to the list as one left it, narrowed as it was; not to that of whoever sat
  // here before.
  const back = document.querySelector('[data-key="i"]');
  const mine = `${back.dataset.who} `;
  const kept = sessionStorage.getItem("list") ?? "";
  if (back.pathname === location.pathname) sessionStorage.setItem("list", mine + location.search);
  else if (kept.startsWith(mine)) back.search = kept.slice(mine.length);
  else sessionStorage.removeItem("list");

  const shown = () => document.querySelector("[data-item][aria-current]");
  const current = () => document.activeElement.closest("[data-item]") ?? shown();

  function move(by) {
    const all = items();
    all[Math.min(all.length - 1, Math.max(0, all.indexOf(current()) + by))]?.focus();
  }

  // A letter does its deed once, and never to the case in the panel while another one has focus.
  function press(deed, event) {
    const other = panel?.contains(deed) && current() !== shown();
    if (!event.repeat && !other) deed.click();
  }

  // Beside the list where there is room for it; else the case opens as a page of its own.
  async function show(link) {
    await htmx.ajax("GET", link.href, { target: "#case", select: "#case", swap: "outerHTML" });
    if (!document.getElementById("case")) return location.assign(link.href);
    for (const item of items()) item.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    panel.scrollTop = 0;
    panel.focus({ preventScroll: true });
  }

  // What was put into the answer is remembered, so that its use is counted when it is given.
  function insert({ template: words, used }) {
    const text = document.getElementById("id_text");
    text.value = text.value ? `${text.value}\n${words}` : words;
    text.form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "used", value: used }));
    text.focus();
  }

  function toggle() {
    if (sheet.open) sheet.close();
    else sheet.showModal();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".it");
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey;
    if (link && panel?.checkVisibility() && !elsewhere) {
      event.preventDefault();
      show(link);
    }
    const template = event.target.closest("[data-template]");
    if (template) {
      event.preventDefault();
      insert(template.dataset);
    }
  });

  // An open group of places lies over the page: Escape, or anything pressed elsewhere, shuts it.
  const group = () => document.querySelector(".places [open]");
  document.addEventListener("click", (event) => {
    if (group() && !group().contains(event.target)) group().open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !group()) return;
    const open = group();
    open.open = false;
    open.querySelector("summary").focus();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) return event.target.form?.requestSubmit();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    const deed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "?") toggle();
    else if (sheet.open) return;
    else if (deed) press(deed, event);
    else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") document.getElementById("id_q")?.focus();
    else return;
    event.preventDefault();
  });

  hint.hidden = false;
  hint.addEventListener("click", toggle);
  if (!document.querySelector("[autofocus]")) {
    document.querySelector("form[data-first] :is(select, textarea, input:not([type=hidden]))")?.focus();
  }
})();
