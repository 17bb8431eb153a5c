/* The filter bar. Its controls are named as the parameters of the address, so the form is the
   filter; scripts only save the reader the "Apply" button. */

import { el, icon } from "./dom.js";
import { say } from "./strings.js";

const TYPING_PAUSE = 350;
// Parameters that may hold several values, with commas between them.
const SEVERAL = new Set(["event_type", "weapon", "role", "grade", "daypart", "place", "actor"]);

export class Filters {
  /** `go(params)` is called with the filter the reader has chosen. */
  constructor(form, go) {
    this.form = form;
    this.go = go;
    this.chips = form.querySelector(".chips");
    form.classList.add("live");
    let pause;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    form.addEventListener("change", () => {
      clearTimeout(pause);
      this.apply();
    });
    form.elements.q.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.apply(), TYPING_PAUSE);
    });
    for (const button of form.querySelectorAll("[data-from]")) {
      button.addEventListener("click", () => {
        button.closest("details").open = false;
        this.setDates(button.dataset.from, button.dataset.to);
      });
    }
    this.foldable();
  }

  /** The form as parameters; what is empty is left out. */
  read() {
    const values = new Map();
    for (const [name, value] of new FormData(this.form)) {
      const text = String(value).trim();
      if (text) values.set(name, [...(values.get(name) ?? []), text]);
    }
    const params = new URLSearchParams();
    for (const [name, texts] of values) params.set(name, SEVERAL.has(name) ? texts.join(",") : texts[0]);
    return params;
  }

  apply() {
    if (this.form.checkValidity()) this.go(this.read());
  }

  setDates(from, to) {
    this.form.elements.from.value = from;
    this.form.elements.to.value = to;
    this.apply();
  }

  /** Controls as `params` say, after "back" or a chip. */
  fill(params) {
    for (const control of this.form.elements) {
      // What is being typed is left alone.
      if (!control.name || (control.type === "search" && control === document.activeElement)) continue;
      const text = params.get(control.name) ?? "";
      const texts = SEVERAL.has(control.name) ? text.split(",") : [text];
      if (control.type === "checkbox") control.checked = texts.includes(control.value);
      else if (control.multiple) for (const option of control.options) option.selected = texts.includes(option.value);
      else if (control.type === "hidden") control.disabled = !text;
      else control.value = texts[0];
    }
    for (const menu of this.form.querySelectorAll("details")) this.count(menu);
  }

  /** How many boxes of a menu are ticked, on its button. */
  count(menu) {
    const boxes = menu.querySelectorAll(":scope > fieldset input:checked").length;
    const badge = menu.querySelector("summary .count-badge");
    if (badge) badge.remove();
    if (boxes) menu.querySelector("summary .icon-down").before(el("span", { class: "count-badge" }, String(boxes)));
  }

  /** `chips` are [text, address without it]. */
  showChips(chips) {
    this.chips.hidden = !chips.length;
    this.chips.replaceChildren(
      ...chips.map(([text, href]) =>
        el("a", { class: "chip", href: href || location.pathname, "aria-label": say("remove_filter", { filter: text }) }, el("bdi", {}, text), icon("close")),
      ),
      ...(chips.length > 1 ? [el("a", { class: "chip chip-clear", href: location.pathname }, say("clear_all"))] : []),
    );
    const badge = this.form.querySelector(".filter-toggle .count-badge");
    badge.hidden = !chips.length;
    badge.textContent = String(chips.length);
  }

  /** On a narrow screen the bar folds to its search field. */
  foldable() {
    const toggle = this.form.querySelector(".filter-toggle");
    this.form.dataset.fold = "closed";
    toggle.addEventListener("click", () => {
      const open = this.form.dataset.fold === "closed";
      this.form.dataset.fold = open ? "open" : "closed";
      toggle.setAttribute("aria-expanded", String(open));
    });
  }
}

/** Exports and the other face of the set follow the filter; a link may add a word of its own. */
export function keepLinks(search) {
  for (const link of document.querySelectorAll("a[data-keep-filter]")) {
    link.search = [link.dataset.keepFilter, search.slice(1)].filter(Boolean).join("&");
  }
}
