/* The popup: everything about one incident at one place, made of text nodes. Several incidents at
   the same place are leafed through. */

import { ask } from "./api.js";
import { bdi, el, icon, rtl } from "./dom.js";
import { say } from "./strings.js";
import { sign } from "./symbols.js";
import { filter } from "./state.js";

const L = window.L;
// Pixels between the popup and the edges of the map.
const EDGE = 8;
// What the popup needs below its text: its tip, and the sign that it points at.
const FOOT = 44;

export class Popup {
  /** `chosen(id)` is called whenever the popup shows an incident, with "" when it closes. */
  constructor(map, path, chosen) {
    this.map = map;
    this.path = path;
    this.chosen = chosen;
    this.popup = L.popup({
      minWidth: 240,
      maxWidth: Math.min(350, map.getSize().x - 2 * EDGE),
      autoPanPadding: [EDGE, EDGE],
      className: "sight-popup",
    });
    this.content = el("div", { class: "sight", dir: rtl ? "rtl" : "ltr", tabindex: "-1", role: "dialog" });
    this.popup.setContent(this.content);
    // Turning a page takes the pressed button away; the map would then take the click for its own.
    this.content.addEventListener("click", (event) => event.stopPropagation());
    map.on("popupclose", () => this.closed());
    map.on("resize", () => this.fit());
    map.on("move zoomend", () => this.clear());
    // Leaflet hears Escape only while the map itself has the focus.
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.spot && !document.querySelector("details.menu[open]")) this.close();
    });
  }

  /** Open at a spot; `incident` is the public id to begin with where the spot has several. */
  async open(spot, { incident = "", page = 1, focus = false } = {}) {
    const [x, y, role] = spot.key.split(".");
    const params = filter();
    for (const [name, value] of Object.entries({ x, y, role, page })) params.set(name, value);
    if (incident) params.set("incident", incident);
    this.spot = spot;
    this.content.replaceChildren(el("p", { class: "empty" }, say("loading")));
    this.fit();
    this.popup.setLatLng([spot.lat, spot.lon]).openOn(this.map);
    this.closeButton();
    this.clear();
    let answer;
    try {
      answer = await ask("popup", this.path, params);
    } catch (error) {
      this.content.replaceChildren(el("p", { class: "empty" }, say("failed", { why: error.message })));
      return;
    }
    if (!answer || this.spot !== spot) return;
    if (!answer.sight) {
      this.content.replaceChildren(el("p", { class: "empty" }, say("nothing_here")));
      return;
    }
    this.show(answer);
    this.popup.update();
    this.clear();
    if (focus) this.content.focus({ preventScroll: true });
  }

  show({ sight, page, pages }) {
    this.content.setAttribute("aria-label", sight.title);
    this.content.replaceChildren(
      ...[pages > 1 ? this.pager(page, pages) : null, head(sight), body(sight)].filter(Boolean),
    );
    this.chosen(sight.id);
  }

  pager(page, pages) {
    const turn = (to, text, name) =>
      el(
        "button",
        {
          type: "button",
          class: "button button-quiet",
          "aria-label": text,
          disabled: to < 1 || to > pages,
          onclick: () => this.open(this.spot, { page: to, focus: true }),
        },
        icon("onward", name),
      );
    return el(
      "div",
      { class: "pager" },
      turn(page - 1, say("previous"), "icon-back"),
      el("span", {}, say("page_of", { page, pages })),
      turn(page + 1, say("next"), ""),
    );
  }

  /** Popup and sign fit into the map together, however low it is; the rest scrolls. */
  fit() {
    this.content.style.setProperty("--room", `${this.map.getSize().y - 2 * EDGE - FOOT}px`);
  }

  /** Leaflet keeps every control above every popup: those that this one reaches give way. */
  clear() {
    const box = this.spot && this.popup.getElement()?.getBoundingClientRect();
    for (const control of this.map.getContainer().querySelectorAll(".leaflet-control")) {
      control.classList.toggle("gives-way", Boolean(box) && meet(box, control.getBoundingClientRect()));
    }
  }

  closeButton() {
    const button = this.popup.getElement()?.querySelector(".leaflet-popup-close-button");
    button?.setAttribute("aria-label", say("close"));
  }

  close() {
    this.map.closePopup(this.popup);
  }

  closed() {
    if (!this.spot) return;
    const hadFocus = this.content.contains(document.activeElement);
    const { key } = this.spot;
    this.spot = null;
    this.clear();
    this.chosen("");
    // The sign may have been drawn anew since; the key still finds it.
    if (hadFocus) document.querySelector(`[data-spot="${CSS.escape(key)}"]`)?.focus();
  }
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

function head(sight) {
  return el(
    "header",
    { class: "sight-head" },
    el("p", { class: "sight-place" }, sign(sight.role), el("span", {}, sight.place)),
    el("h2", {}, el("a", { href: sight.url }, sight.title)),
    el("p", { class: "muted" }, bdi(sight.when)),
  );
}

function body(sight) {
  const facts = el("dl", { class: "facts" });
  for (const [label, value] of sight.facts) facts.append(el("dt", {}, label), el("dd", {}, bdi(value)));
  return el(
    "div",
    { class: "sight-body", tabindex: "0", role: "group", "aria-label": say("details") },
    facts,
    sight.evidence ? evidence(sight.evidence) : null,
    el(
      "ul",
      { class: "sight-links" },
      el("li", {}, el("a", { href: sight.url }, say("open_incident"), " ", bdi(sight.id))),
      sight.articles.map((article) =>
        el("li", {}, el("a", { href: article.url, dir: "auto" }, article.title), " ", el("span", { class: "muted" }, article.source)),
      ),
    ),
  );
}

function evidence({ quote: [before, words, after], speaker, act, lang, url }) {
  return el(
    "blockquote",
    {},
    el("p", { dir: "auto", lang }, before, el("mark", {}, words), after),
    el("footer", {}, bdi(speaker), ` · ${act} · `, el("a", { href: url }, say("in_article"))),
  );
}
