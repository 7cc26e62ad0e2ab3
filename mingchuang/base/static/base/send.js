// A form is sent once: a second press waits, and the button says that it is on its way.
const PATIENCE = 30_000;
let restore = () => {};

// On the way back the browser fills in what was typed, but not the key that tells twins apart.
const key = document.querySelector("form input[name=key]");
if (key && history.state?.key) key.value = history.state.key;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  if (form.contains(key)) history.replaceState({ key: key.value }, "");
  const button = event.submitter;
  const words = button?.matches(".button") ? [...button.childNodes] : null;
  if (words) {
    button.replaceChildren(document.body.dataset.sending);
    button.setAttribute("aria-disabled", "true");
  }
  restore = () => {
    delete form.dataset.sent;
    if (!words) return;
    button.replaceChildren(...words);
    button.removeAttribute("aria-disabled");
  };
  setTimeout(restore, PATIENCE);
});

// Back from the next page: what was sent may be changed and sent again.
addEventListener("pageshow", () => restore());
