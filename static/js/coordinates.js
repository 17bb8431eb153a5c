/* Where the pointer is: degrees and MGRS at the edge of the map; and, on a right click, a long
   press or the tool's button, in a popup that copies them. */

import { copyButton } from "./copy.js";
import { el, rtl } from "./dom.js";
import { onEscape } from "./escape.js";
import { degrees, mgrs } from "./geo.js";
import { giveWay } from "./popup.js";
import { say } from "./strings.js";

const L = window.L;

export class Coordinates {
  /** `turned(on)` is called when the popup opens or closes; `busy()` when clicks mean another tool. */
  constructor(map, turned, busy) {
    this.map = map;
    this.turned = turned;
    this.busy = busy;
    this.popup = L.popup({ closeOnClick: false, minWidth: 230, className: "coordinates-popup" });
    map.on("contextmenu", (event) => this.open(event.latlng));
    map.on("click", (event) => this.on && !this.busy() && this.open(event.latlng));
    map.on("popupclose", ({ popup }) => popup === this.popup && this.closed());
    map.on("move zoomend", () => this.on && this.clear());
  }

  /** The line at the edge of the map; for pointers that hover. */
  readout() {
    const where = el("bdi", { dir: "ltr" });
    const grid = el("bdi", { dir: "ltr" });
    const line = el("p", { class: "readout", dir: rtl ? "rtl" : "ltr" }, where, " ", grid);
    let asked = null;
    const show = (position, centre) => {
      if (asked === null) requestAnimationFrame(() => this.say(...asked, line, where, grid).finally(() => (asked = null)));
      asked = [position, centre];
    };
    this.map.on("mousemove", (event) => show(event.latlng, false));
    this.map.on("mouseout moveend", () => show(this.map.getCenter(), true));
    show(this.map.getCenter(), true);
    return line;
  }

  async say(position, centre, line, where, grid) {
    line.title = say(centre ? "centre_coordinates" : "pointer_coordinates");
    where.textContent = degrees(position);
    grid.textContent = await mgrs(position);
  }

  toggle() {
    if (this.on) this.map.closePopup(this.popup);
    else this.open(this.map.getCenter(), true);
  }

  open(position, focus = false) {
    const row = (label, text) => [
      el("dt", {}, label),
      el("dd", {}, el("bdi", { dir: "ltr", class: "mono" }, text), copyButton(say("copy", { what: label }), () => text)),
    ];
    const list = el("dl", {}, row(say("lat_lon"), degrees(position)));
    const content = el("div", { class: "coordinates", dir: rtl ? "rtl" : "ltr", tabindex: "-1", role: "dialog", "aria-label": say("coordinates") }, el("h2", {}, say("coordinates")), list, el("p", { class: "muted" }, say("coordinates_hint")));
    mgrs(position).then((text) => {
      if (text) list.append(...row("MGRS", text));
      // Measuring itself anew, the popup takes its content out and in again, and the focus with it.
      const held = content.contains(document.activeElement) && document.activeElement;
      this.popup.update();
      this.clear();
      if (held) held.focus({ preventScroll: true });
    });
    content.addEventListener("click", (event) => event.stopPropagation());
    this.content = content;
    this.popup.setContent(content).setLatLng(position);
    if (!this.on) {
      this.on = true;
      this.popup.openOn(this.map);
      this.forget = onEscape(() => this.map.closePopup(this.popup));
      this.turned(true);
    }
    this.popup.getElement()?.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", say("close"));
    if (focus) content.focus({ preventScroll: true });
  }

  clear() {
    giveWay(this.map, this.on && this.popup.getElement());
  }

  closed() {
    const hadFocus = this.content.contains(document.activeElement);
    this.on = false;
    this.clear();
    this.forget();
    this.turned(false, hadFocus);
  }
}
