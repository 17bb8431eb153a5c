/* Copying, and saying that it was done. */

import { el, icon } from "./dom.js";
import { say } from "./strings.js";

const DONE_FOR = 2000;

/** A button that copies what `text()` gives. */
export function copyButton(label, text) {
  const button = el("button", { type: "button", class: "button button-quiet copy", "aria-label": label, title: label }, icon("copy"));
  const spoken = el("span", { class: "visually-hidden", role: "status" });
  let pause;
  button.addEventListener("click", async () => {
    const done = await copy(text());
    button.replaceChildren(icon(done ? "check" : "warning"));
    spoken.textContent = say(done ? "copied" : "not_copied");
    button.title = spoken.textContent;
    clearTimeout(pause);
    pause = setTimeout(() => {
      button.replaceChildren(icon("copy"));
      button.title = label;
      spoken.textContent = "";
    }, DONE_FOR);
  });
  return el("span", { class: "copier" }, button, spoken);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The old way: pages without HTTPS are given no clipboard. */
function copyBySelection(text) {
  const held = document.activeElement;
  const field = el("textarea", { class: "visually-hidden", readonly: true }, text);
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  held?.focus();
  return done;
}
