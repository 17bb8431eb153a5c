/* An article's marks: pointing at one, or going to it by keyboard, says beside the text what was
   read; each kind can be switched off; an address that ends in #s… lights up the whole sentence of
   that statement. */

import { el, rtl } from "./dom.js";

const body = document.querySelector(".report-body");
const box = document.getElementById("read-here");
const list = box.querySelector("ul");
const marks = [...body.querySelectorAll("mark")];
const off = new Set();

// ---- what was read ----

function tell(mark) {
  const labels = mark.dataset.read.split("\n").filter(Boolean);
  box.hidden = !labels.length;
  list.replaceChildren(...labels.map((label) => el("li", { dir: "auto" }, label)));
}

for (const kind of ["mouseover", "focusin"]) {
  body.addEventListener(kind, (event) => {
    const mark = event.target.closest("mark");
    if (mark && shown(mark)) tell(mark);
  });
}

// ---- from mark to mark: one stop for Tab, arrow keys inside ----

function shown(mark) {
  return mark.dataset.kinds.split(" ").some((kind) => !off.has(kind));
}

function stops() {
  return marks.filter((mark) => mark.dataset.begins !== undefined && shown(mark));
}

function reach(mark) {
  for (const each of marks) {
    if (each === mark) each.tabIndex = 0;
    else if (each.dataset.begins !== undefined && shown(each)) each.tabIndex = -1;
    else each.removeAttribute("tabindex");
  }
}

body.addEventListener("focusin", (event) => {
  const mark = event.target.closest("mark");
  if (mark) reach(mark);
});
body.addEventListener("keydown", (event) => {
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const back = rtl ? "ArrowRight" : "ArrowLeft";
  const way = { [forward]: 1, ArrowDown: 1, [back]: -1, ArrowUp: -1 }[event.key];
  const at = stops();
  const here = at.indexOf(document.activeElement);
  if (here < 0) return;
  const next = { Home: at[0], End: at.at(-1) }[event.key] ?? (way && at[here + way]);
  if (way || event.key === "Home" || event.key === "End") event.preventDefault();
  next?.focus();
});

// ---- kinds on and off ----

function paint() {
  for (const mark of marks) {
    const kind = mark.dataset.kinds.split(" ").find((each) => !off.has(each));
    mark.className = kind ? `read read-${kind}` : "plain";
  }
  reach(stops()[0]);
}

for (const item of document.querySelectorAll(".legend [data-kind]")) {
  const { kind } = item.dataset;
  const box = el("input", { type: "checkbox", checked: true });
  box.addEventListener("change", () => {
    if (box.checked) off.delete(kind);
    else off.add(kind);
    paint();
  });
  const label = el("label", { class: "check" }, box, ...item.childNodes);
  item.replaceChildren(label);
}

// ---- the sentence a link asked for ----

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
  if (target?.dataset.read) {
    tell(target);
    if (stops().includes(target)) reach(target);
  }
  first.scrollIntoView({ block: "center" });
}

reach(stops()[0]);
window.addEventListener("hashchange", light);
light();
