// The desk by keyboard: j/k move, Enter opens, / searches, ? shows the sheet, letters do deeds.
(() => {
  const items = () => [...document.querySelectorAll("[data-item]")];
  const typing = (target) => target.closest("input, textarea, select, [contenteditable]");
  const wide = () => matchMedia("(min-width: 1101px)").matches && document.querySelector(".panel");
  const sheet = document.getElementById("keys");

  function move(by) {
    const all = items();
    if (!all.length) return;
    const now = all.indexOf(document.activeElement.closest("[data-item]"));
    all[Math.min(all.length - 1, Math.max(0, now + by))].focus();
  }

  function show(link) {
    items().forEach((item) => item.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    htmx.ajax("GET", link.href, { target: "#case", select: "#case", swap: "outerHTML" })
      .then(() => history.replaceState(null, "", location.pathname + location.search));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(".it");
    if (link && wide() && !event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      show(link);
    }
    const template = event.target.closest("[data-template]");
    if (template) {
      const text = document.getElementById("id_text");
      text.value = (text.value ? text.value + "\n" : "") + template.dataset.template;
      text.focus();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const deed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (event.key === "/") document.getElementById("id_q")?.focus();
    else if (event.key === "i") location.assign("/desk/");
    else if (event.key === "?") sheet?.open ? sheet.close() : sheet?.showModal();
    else if (deed) deed.click();
    else return;
    event.preventDefault();
  });
})();
