/* The incident's page: everything unfolds at once, on paper too; citations are copied by a click. */

import { copyButton } from "./copy.js";

const folded = [...document.querySelectorAll("main details")];
const matters = folded.filter((each) => each.classList.contains("matter"));
const button = document.getElementById("unfold");

function label() {
  const open = matters.every((each) => each.open);
  button.textContent = button.dataset[open ? "close" : "open"];
  return open;
}

if (button) {
  button.hidden = false;
  label();
  button.addEventListener("click", () => {
    const open = label();
    for (const each of matters) each.open = !open;
    label();
  });
  for (const each of matters) each.addEventListener("toggle", label);
}

// Paper unfolds nothing.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = folded.filter((each) => !each.open);
  for (const each of opened) each.open = true;
});
window.addEventListener("afterprint", () => {
  for (const each of opened) each.open = false;
});

for (const text of document.querySelectorAll("[data-copy]")) {
  const words = text.textContent;
  text.append(copyButton(text.dataset.copy, () => words));
}
