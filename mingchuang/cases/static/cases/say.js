// For elders: one question at a time. Without this script the whole form stands on one page.
(() => {
  const form = document.querySelector("form[data-steps]");
  if (!form || !document.documentElement.classList.contains("elder")) return;
  const steps = [...form.querySelectorAll(".step")];
  const send = form.querySelector(".send");
  let at = Math.max(0, steps.findIndex((step) => step.querySelector(".wrong")));

  const count = document.createElement("p");
  count.className = "quiet small";
  form.prepend(count);
  const bar = document.createElement("p");
  bar.className = "steps-bar row";
  const back = button(form.dataset.back, "button plain", () => go(at - 1));
  const next = button(form.dataset.next, "button", () => leave());
  bar.append(back, next);
  send.before(bar);
  show();

  form.addEventListener("submit", (event) => {
    if (at === steps.length - 1) return;
    event.preventDefault();
    leave();
  });
  // The summary of faults leads to questions that may stand on another step.
  document.addEventListener("click", (event) => {
    const name = event.target.closest("a[href^='#']")?.hash.slice(1);
    const asked = steps.findIndex((step) => name && step.contains(document.getElementById(name)));
    if (asked >= 0) go(asked);
  });

  function button(words, look, press) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  }

  function leave() {
    const wrong = steps[at].querySelector(":is(input, textarea):invalid");
    if (wrong) wrong.reportValidity();
    else go(at + 1);
  }

  function go(to) {
    at = to;
    show();
    steps[at].querySelector("textarea, select, input:not([type=hidden])")?.focus();
  }

  function show() {
    steps.forEach((step, i) => { step.hidden = i !== at; });
    count.textContent = form.dataset.steps.replace("N", at + 1).replace("M", steps.length);
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
  }
})();
