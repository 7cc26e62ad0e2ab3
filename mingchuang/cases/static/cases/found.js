// What opens asks something: the focus goes to the question.
for (const details of document.querySelectorAll(".deeds details")) {
  details.addEventListener("toggle", () => {
    if (details.open) details.querySelector("textarea, select, input:not([type=hidden])")?.focus();
  });
}
