// The machine at the door. Without scripts a keyboard types the digits and the browser prints.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const pad of document.querySelectorAll("[data-pad]")) {
  const field = document.getElementById(pad.dataset.pad);
  // The pad is the keyboard here; a scanner still types into the field.
  field.inputMode = "none";
  pad.hidden = false;
  pad.addEventListener("click", (event) => {
    const digit = event.target.dataset.digit;
    if (digit === undefined) return;
    if (digit === "back") field.value = field.value.slice(0, -1);
    else field.value = digit && field.value + digit;
  });
}
