/* The measuring line: points set by clicks, or by keyboard in the middle of the map. */

import { onEscape } from "./escape.js";
import { el, rtl } from "./dom.js";
import { bearing, distance, geodesic } from "./geo.js";
import { say } from "./strings.js";

const L = window.L;

export class Measure {
  /** `turned(on)` is called when measuring begins or ends. */
  constructor(map, turned) {
    this.map = map;
    this.turned = turned;
    this.on = false;
    this.points = [];
    this.drawn = L.layerGroup();
    this.card = this.build();
    map.on("click", (event) => this.on && this.add(event.latlng));
    map.on("mousemove", (event) => this.on && this.stretch(event.latlng));
    // Enter on the map itself; on a sign it means the sign.
    map.getContainer().addEventListener("keydown", (event) => {
      if (!this.on || event.key !== "Enter" || event.target !== map.getContainer()) return;
      event.preventDefault();
      this.add(map.getCenter());
    });
  }

  build() {
    const button = (key, act) => el("button", { type: "button", class: "button", onclick: act }, say(key));
    this.figures = Object.fromEntries(["measure_total", "measure_leg", "measure_bearing"].map((key) => [key, el("dd", {}, "—")]));
    this.undoButton = button("measure_undo", () => this.undo());
    this.clearButton = button("measure_clear", () => this.clear());
    this.spoken = el("p", { class: "visually-hidden", role: "status" });
    const card = el(
      "section",
      { class: "tool-card measure-card", dir: rtl ? "rtl" : "ltr", "aria-label": say("measure") },
      el("h2", {}, say("measure")),
      el("dl", { class: "facts" }, Object.entries(this.figures).flatMap(([key, cell]) => [el("dt", {}, say(key)), cell])),
      el("p", { class: "muted" }, say("measure_hint")),
      el(
        "div",
        { class: "tool-buttons" },
        button("measure_centre", () => this.add(this.map.getCenter())),
        this.undoButton,
        this.clearButton,
        button("measure_done", () => this.stop()),
      ),
      this.spoken,
    );
    const control = new L.Control({ position: rtl ? "topright" : "topleft" });
    control.onAdd = () => {
      L.DomEvent.disableClickPropagation(card);
      return card;
    };
    this.control = control;
    return card;
  }

  toggle() {
    if (this.on) this.stop();
    else this.start();
  }

  start() {
    this.on = true;
    this.map.closePopup();
    this.map.doubleClickZoom.disable();
    this.map.getContainer().classList.add("measuring");
    this.control.addTo(this.map);
    this.drawn.addTo(this.map);
    this.forget = onEscape(() => this.stop());
    this.draw();
    this.turned(true);
  }

  stop() {
    this.forget();
    this.clear();
    this.on = false;
    this.map.doubleClickZoom.enable();
    this.map.getContainer().classList.remove("measuring");
    this.drawn.remove();
    this.control.remove();
    this.turned(false);
  }

  add(position) {
    this.points.push(L.latLng(position));
    this.draw();
  }

  undo() {
    this.points.pop();
    this.draw();
  }

  clear() {
    this.points = [];
    this.draw();
  }

  draw() {
    this.drawn.clearLayers();
    this.rubber = null;
    let total = 0;
    let leg = null;
    const shape = { pane: "tools", interactive: false };
    L.polyline(this.points, { ...shape, className: "measure-line" }).addTo(this.drawn);
    this.points.forEach((point, index) => {
      if (index) {
        leg = geodesic(flat(this.points[index - 1]), flat(point));
        total += leg.metres;
      }
      L.circleMarker(point, { ...shape, radius: 4, className: "measure-point" }).addTo(this.drawn);
      if (index) label(point, distance(total)).addTo(this.drawn);
    });
    this.figures.measure_total.textContent = leg ? distance(total) : "—";
    this.figures.measure_leg.textContent = leg ? distance(leg.metres) : "—";
    this.figures.measure_bearing.textContent = leg ? bearing(leg.bearing) : "—";
    this.undoButton.disabled = this.clearButton.disabled = !this.points.length;
    this.spoken.textContent = leg
      ? say("measured", { total: distance(total), leg: distance(leg.metres), bearing: bearing(leg.bearing) })
      : say("measure_points", { number: this.points.length });
  }

  /** A line from the last point to the pointer shows what a click would add. */
  stretch(position) {
    if (!this.points.length) return;
    this.rubber ??= L.polyline([], { pane: "tools", interactive: false, className: "measure-line measure-rubber" }).addTo(this.drawn);
    this.rubber.setLatLngs([this.points.at(-1), position]);
  }
}

function flat({ lat, lng }) {
  return [lat, lng];
}

function label(position, text) {
  return L.marker(position, {
    pane: "tools",
    interactive: false,
    keyboard: false,
    icon: L.divIcon({ className: "name measure-label", html: el("span", { dir: rtl ? "rtl" : "ltr" }, text), iconSize: [0, 0], iconAnchor: [0, 14] }),
  });
}
