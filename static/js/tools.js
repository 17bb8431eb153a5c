/* What stands around the map: the controls folium placed, in the page's language, and the tools. */

import { Coordinates } from "./coordinates.js";
import { el, icon, isolated, rtl } from "./dom.js";
import { onEscape } from "./escape.js";
import { distance } from "./geo.js";
import { Locate } from "./locate.js";
import { Measure } from "./measure.js";
import { say } from "./strings.js";
import { ring } from "./symbols.js";

const L = window.L;
const end = rtl ? "left" : "right";

// Leaflet's own says "km" in every language.
const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, isolated(distance(metres)), metres / most);
  },
});

export class Tools {
  /** `bench` is the element that fills the screen; `picture(kind)` makes a "png", "svg" or "print". */
  constructor(map, bench, { density, picture }) {
    this.map = map;
    this.bench = bench;
    this.names();
    this.bar(picture);
    this.locate = new Locate(map, bench.dataset.places);
    this.legend(density);
    this.credits();
  }

  /** A click on the map is a point to measure, and no sign's or line's business. */
  takes(position) {
    if (this.measure.on) this.measure.add(position);
    return this.measure.on;
  }

  names() {
    const container = this.map.getContainer();
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", say("map"));
    for (const [part, key] of [
      [".leaflet-control-zoom-in", "zoom_in"],
      [".leaflet-control-zoom-out", "zoom_out"],
    ]) {
      const button = container.querySelector(part);
      button.title = say(key);
      button.setAttribute("aria-label", say(key));
    }
    // The middle of the map, for those who measure by keyboard.
    container.append(el("div", { class: "crosshair", "aria-hidden": "true" }));
    // By keyboard the tools come first, and hundreds of signs can be passed at one go.
    const onward = () => this.bench.querySelector(".timeline button:not([hidden])").focus();
    container.prepend(
      container.querySelector(".leaflet-control-container"),
      el("button", { type: "button", class: "skip", dir: rtl ? "rtl" : "ltr", onclick: onward }, say("skip_signs")),
    );
  }

  // ---- the bar ----

  bar(picture) {
    const screen = this.tool("full_screen", "expand", () => this.fullScreen());
    const ruler = this.tool("measure", "ruler", () => this.measure.toggle());
    const pin = this.tool("coordinates", "crosshair", () => this.coordinates.toggle());
    const press = (button) => (on, focus) => {
      button.setAttribute("aria-pressed", String(on));
      if (focus) button.focus();
    };
    this.measure = new Measure(this.map, (on) => {
      press(ruler)(on);
      // Both in one corner need more room than a low map has.
      this.fold(on || this.folded);
    });
    this.coordinates = new Coordinates(this.map, press(pin), () => this.measure.on);
    this.watchScreen(screen);
    const bar = el("div", { class: "leaflet-bar tool-bar", dir: rtl ? "rtl" : "ltr", role: "group", "aria-label": say("tools") }, screen, ruler, pin, this.pictures(picture));
    L.DomEvent.disableClickPropagation(bar);
    this.add(`top${end}`, bar);
  }

  tool(key, name, act) {
    return el("button", { type: "button", class: "map-tool", "aria-label": say(key), title: say(key), "aria-pressed": "false", onclick: act }, icon(name));
  }

  pictures(picture) {
    const menu = el("details", { class: "menu tool-menu" });
    const entry = (kind) =>
      el("button", { type: "button", class: "entry", onclick: () => ((menu.open = false), picture(kind)) }, icon(kind === "print" ? "print" : "download"), el("span", {}, say(`picture_${kind}`)));
    menu.append(
      el("summary", { class: "map-tool", "aria-label": say("picture"), title: say("picture") }, icon("picture")),
      el("div", { class: "sheet" }, ["png", "svg", "print"].map(entry), this.bench.dataset.tiles ? el("p", { class: "muted" }, say("picture_tiles")) : null),
    );
    return menu;
  }

  add(position, element) {
    const control = new L.Control({ position });
    control.onAdd = () => element;
    control.addTo(this.map);
  }

  // ---- full screen ----

  get filled() {
    return document.fullscreenElement === this.bench || this.bench.classList.contains("filled");
  }

  /** Map and time line fill the screen; where a browser refuses, they fill its window. */
  async fullScreen() {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (this.filled) this.fill(false);
    else {
      try {
        await this.bench.requestFullscreen();
      } catch {
        this.fill(true);
      }
    }
  }

  fill(on) {
    this.bench.classList.toggle("filled", on);
    this.forget?.();
    this.forget = on ? onEscape(() => this.fill(false)) : null;
    this.bench.dispatchEvent(new Event("fullscreenchange"));
  }

  watchScreen(button) {
    this.bench.addEventListener("fullscreenchange", () => {
      button.setAttribute("aria-pressed", String(this.filled));
      button.replaceChildren(icon(this.filled ? "shrink" : "expand"));
    });
  }

  // ---- legend and credits ----

  legend(density) {
    const legend = this.map.getContainer().querySelector(".leaflet-control-layers");
    legend.dir = rtl ? "rtl" : "ltr";
    const list = legend.querySelector(".leaflet-control-layers-list");
    const head = el("button", { type: "button", class: "legend-head", "aria-expanded": "true" }, icon("layers"), say("legend"), icon("down"));
    legend.insertBefore(head, list);
    const note = (sign, key) => el("p", { class: "legend-note", hidden: true }, sign, el("span", {}, say(key)));
    const rings = note(ring({ impact: 1, launch: 1 }, 2), "rings");
    const warned = note(el("i", { class: "key key-warns" }), "line_warns");
    // Explained only while they are to be seen.
    this.map.on("sitesdrawn overlayadd overlayremove", () => {
      rings.hidden = !this.map.getPane("markerPane").querySelector(".cell");
      warned.hidden = !this.map.getPane("trajectories").querySelector(".flight-warns");
    });
    legend.append(warned, rings, density.scale);
    this.fold = (folded) => {
      legend.classList.toggle("folded", folded);
      head.setAttribute("aria-expanded", String(!folded));
    };
    head.addEventListener("click", () => {
      this.folded = !legend.classList.contains("folded");
      this.fold(this.folded);
    });
    this.folded = window.matchMedia("(max-width: 56rem)").matches;
    this.fold(this.folded);
  }

  credits() {
    const position = `bottom${end}`;
    // In front of the credit that a tile server asks for, if there is one.
    L.control.attribution({ prefix: false, position }).addTo(this.map);
    const names = JSON.parse(document.getElementById("credits").textContent);
    this.add(
      position,
      el(
        "p",
        { class: "credits", dir: rtl ? "rtl" : "ltr" },
        names.map((credit) => el("bdi", { lang: "en" }, credit)),
        el("a", { href: this.bench.dataset.about }, say("sources")),
      ),
    );
    new Scale({ imperial: false, position }).addTo(this.map);
    this.add(position, this.coordinates.readout());
  }
}
