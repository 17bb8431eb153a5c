/* An article's marks: pointing at one, or reaching it by Tab, says beside the text what was read;
   an address that ends in #s… lights up the whole sentence of that statement. */

import { el } from "./dom.js";

const body = document.querySelector(".report-body");
const box = document.getElementById("read-here");
const list = box.querySelector("ul");

function tell(mark) {
  const labels = mark.dataset.read.split("\n").filter(Boolean);
  box.hidden = !labels.length;
  list.replaceChildren(...labels.map((label) => el("li", { dir: "auto" }, label)));
}

for (const kind of ["mouseover", "focusin"]) {
  body.addEventListener(kind, (event) => {
    const mark = event.target.closest("mark");
    if (mark) tell(mark);
  });
}

function light() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  let first = null;
  for (const piece of body.querySelectorAll("[data-anchors]")) {
    const on = wanted !== "" && piece.dataset.anchors.split(" ").includes(wanted);
    piece.classList.toggle("asked", on);
    if (on) first ??= piece;
  }
  if (!first) return;
  const target = document.getElementById(wanted)?.nextElementSibling;
  if (target?.dataset.read) tell(target);
  first.scrollIntoView({ block: "center" });
}

window.addEventListener("hashchange", light);
light();
