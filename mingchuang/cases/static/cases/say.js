// For elders: one question at a time. Without this script the whole form stands on one page.
(() => {
  const form = document.querySelector("form[data-steps]");
  if (!form || !document.documentElement.classList.contains("elder")) return;
  const steps = [...form.querySelectorAll(".step")];
  const send = form.querySelector(".send");
  let at = Math.max(0, steps.findIndex((step) => step.querySelector(".wrong")));

  const bar = document.createElement("p");
  bar.className = "steps-bar";
  const back = button(form.dataset.back, "button plain", -1);
  const next = button(form.dataset.next, "button", 1);
  bar.append(back, next);
  send.before(bar);
  show(false);

  function button(words, look, by) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = words;
    made.addEventListener("click", () => { at += by; show(true); });
    return made;
  }

  function show(moved) {
    steps.forEach((step, i) => { step.hidden = i !== at; });
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at !== steps.length - 1;
    if (moved) steps[at].querySelector("textarea, input:not([type=hidden])")?.focus();
  }
})();
