/* Finding a place by its name in either language, or by coordinates: a combobox on the map. The
   names are the gazetteer's; nothing is guessed for one it does not know. */

import { ask } from "./api.js";
import { bdi, el, icon, rtl } from "./dom.js";
import { onEscape } from "./escape.js";
import { fitInto } from "./motion.js";
import { say } from "./strings.js";

const L = window.L;
const TYPING_PAUSE = 200;

export class Locate {
  constructor(map, path) {
    this.map = map;
    this.path = path;
    this.options = [];
    this.active = -1;
    this.drawn = L.layerGroup().addTo(map);
    this.input = el("input", {
      type: "text",
      id: "locate",
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": "locate-list",
      "aria-autocomplete": "list",
      "aria-label": say("locate"),
      placeholder: say("locate"),
      title: say("locate_hint"),
      autocomplete: "off",
      spellcheck: "false",
      maxlength: 200,
      dir: "auto",
    });
    this.list = el("ul", { id: "locate-list", role: "listbox", "aria-label": say("places"), hidden: true });
    this.note = el("p", { class: "locate-note", role: "status" });
    this.wipe = el("button", { type: "button", class: "locate-wipe", "aria-label": say("locate_clear"), title: say("locate_clear"), hidden: true, onclick: () => this.clear() }, icon("close"));
    this.element = el("div", { class: "locate", role: "search", dir: rtl ? "rtl" : "ltr", "aria-label": say("locate") }, el("div", { class: "locate-field" }, icon("search"), this.input, this.wipe), this.list, this.note);
    this.listen();
    const control = new L.Control({ position: rtl ? "topright" : "topleft" });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(this.element).disableScrollPropagation(this.element);
      return this.element;
    };
    control.addTo(map);
  }

  listen() {
    let pause;
    this.input.addEventListener("input", () => {
      clearTimeout(pause);
      pause = setTimeout(() => this.search(), TYPING_PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.options.length && this.unfold(true));
    this.element.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.element.contains(relatedTarget)) this.unfold(false);
    });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.options.length) {
      event.preventDefault();
      this.unfold(true);
      const { length } = this.options;
      this.activate(this.active < 0 && step < 0 ? length - 1 : (this.active + step + length) % length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.enter();
    } else if (event.key === "Escape" && !this.list.hidden) {
      // The list alone: what else Escape would end stays.
      event.preventDefault();
      this.unfold(false);
    }
  }

  /** Enter takes the marked place, else the first that the name may mean. */
  async enter() {
    if (this.asked !== this.input.value.trim()) await this.search();
    const place = this.options[Math.max(0, this.active)];
    if (place) this.show(place);
  }

  async search() {
    const name = this.input.value.trim();
    this.asked = name;
    this.wipe.hidden = !name && !this.drawn.getLayers().length;
    if (!name) {
      this.offer([]);
      this.note.textContent = "";
      return;
    }
    let answer;
    try {
      answer = await ask("places", this.path, new URLSearchParams({ q: name }));
    } catch (error) {
      this.offer([]);
      this.note.textContent = say("failed", { why: error.message });
      return;
    }
    if (!answer || this.asked !== name) return;
    this.offer(answer.places);
    this.note.textContent = answer.places.length ? "" : say("no_place", { name });
  }

  offer(places) {
    this.options = places;
    this.list.replaceChildren(
      ...places.map((place, index) => {
        const option = el(
          "li",
          { id: `place-${index}`, role: "option", "aria-selected": "false" },
          el("strong", {}, bdi(place.name)),
          place.other ? [" ", el("bdi", { class: "muted" }, place.other)] : null,
          el("span", { class: "muted" }, place.line.replaceAll(/(\d) /g, "$1\u00a0")),
        );
        // Before the field would lose the focus.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => this.show(place));
        return option;
      }),
    );
    this.activate(-1);
    this.unfold(places.length > 0);
  }

  activate(index) {
    this.active = index;
    [...this.list.children].forEach((option, n) => {
      option.setAttribute("aria-selected", String(n === index));
      if (n === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `place-${index}`);
  }

  unfold(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  /** Go there and draw the circle within which the place lies. */
  show({ name, line, lat, lon, radius_m: radius }) {
    this.input.value = name;
    this.asked = name;
    this.unfold(false);
    this.drawn.clearLayers();
    const shape = { pane: "tools", interactive: false };
    const circle = L.circle([lat, lon], { ...shape, radius, className: "found-circle" }).addTo(this.drawn);
    L.circleMarker([lat, lon], { ...shape, radius: 3.5, className: "found-point" }).addTo(this.drawn);
    L.marker([lat, lon], {
      ...shape,
      keyboard: false,
      icon: L.divIcon({ className: "name found-name", html: el("span", { dir: "auto" }, name), iconSize: [0, 0], iconAnchor: [0, 16] }),
    }).addTo(this.drawn);
    this.wipe.hidden = false;
    this.note.textContent = say("located", { place: name, line });
    this.forget ??= onEscape(() => this.clear());
    fitInto(this.map, circle.getBounds());
  }

  clear() {
    this.drawn.clearLayers();
    this.input.value = this.asked = "";
    this.note.textContent = "";
    this.offer([]);
    this.wipe.hidden = true;
    this.forget?.();
    this.forget = null;
    this.input.focus();
  }
}
