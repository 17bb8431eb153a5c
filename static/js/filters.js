/* The filter bar. Its controls are named as the parameters of the address, so the form is the
   filter; scripts only save the reader the "Apply" button. */

import { el, icon } from "./dom.js";
import { say } from "./strings.js";
import { filter, onFilter, setFilter } from "./state.js";

const TYPING_PAUSE = 350;

export class Filters {
  constructor(form) {
    this.form = form;
    this.chips = form.querySelector(".chips");
    let pause;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.apply();
    });
    form.addEventListener("change", () => this.apply());
    form.addEventListener("input", (event) => {
      if (event.target.type !== "search" && event.target.type !== "text") return;
      clearTimeout(pause);
      pause = setTimeout(() => this.apply(), TYPING_PAUSE);
    });
    for (const button of form.querySelectorAll("[data-from]")) {
      button.addEventListener("click", () => {
        form.elements.from.value = button.dataset.from;
        form.elements.to.value = button.dataset.to ?? "";
        button.closest("details").open = false;
        this.apply();
      });
    }
    this.chips.addEventListener("click", (event) => {
      const chip = event.target.closest("a.chip");
      if (!chip) return;
      event.preventDefault();
      setFilter(new URLSearchParams(new URL(chip.href).search));
    });
    onFilter(() => {
      this.fill();
      this.keepLinks();
    });
    fold(form);
  }

  /** The form as parameters; what is empty or half-typed is left out. */
  read() {
    const params = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && value.trim() !== "") params.append(name, value.trim());
    }
    // A map area has no control of its own, yet belongs to the filter.
    for (const area of filter().getAll("bbox")) params.append("bbox", area);
    return params;
  }

  apply() {
    if (!this.form.checkValidity()) return;
    setFilter(this.read());
  }

  setDates(from, to) {
    this.form.elements.from.value = from;
    this.form.elements.to.value = to;
    this.apply();
  }

  /** Controls as the address says, after "back" or a chip. */
  fill() {
    const params = filter();
    for (const control of this.form.elements) {
      if (!control.name) continue;
      const values = params.getAll(control.name);
      if (control.type === "checkbox") control.checked = values.includes(control.value);
      else if (control !== document.activeElement || !values.includes(control.value.trim())) control.value = values[0] ?? "";
    }
  }

  /** `chips` are [text, address without it]. */
  showChips(chips) {
    this.chips.hidden = !chips.length;
    this.chips.replaceChildren(
      ...chips.map(([text, href]) => el("a", { class: "chip", href, "aria-label": say("remove_filter", { filter: text }) }, el("bdi", {}, text), icon("close"))),
      ...(chips.length > 1 ? [el("a", { class: "chip chip-clear", href: location.pathname }, say("clear_all"))] : []),
    );
    const badge = this.form.querySelector(".count-badge");
    badge.hidden = !chips.length;
    badge.textContent = String(chips.length);
  }

  /** Exports and the other face of the set follow the filter. */
  keepLinks() {
    for (const link of document.querySelectorAll("a[data-keep-filter]")) link.search = location.search;
  }
}

/** On a narrow screen the bar folds to its search field. */
export function fold(form) {
  const toggle = form.querySelector(".filter-toggle");
  form.dataset.fold = "closed";
  toggle.addEventListener("click", () => {
    const open = form.dataset.fold === "closed";
    form.dataset.fold = open ? "open" : "closed";
    toggle.setAttribute("aria-expanded", String(open));
  });
}
