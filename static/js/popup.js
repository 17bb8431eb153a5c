/* The popups: everything about one incident at one place, or about one line from launch to impact,
   made of text nodes. Several incidents at the same place are leafed through. */

import { ask } from "./api.js";
import { bdi, el, icon, rtl } from "./dom.js";
import { onEscape } from "./escape.js";
import { say } from "./strings.js";
import { sign } from "./symbols.js";
import { filter } from "./state.js";

const L = window.L;
// Pixels between the popup and the edges of the map.
const EDGE = 8;
// What the popup needs below its text: its tip, and the sign that it points at.
const FOOT = 44;

export class Popup {
  /** `paths` are the addresses of spots and lines. `chosen({incident, line})` is called whenever the
      popup shows one of them, with neither when it closes. */
  constructor(map, paths, chosen) {
    this.map = map;
    this.paths = paths;
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
    map.on("popupclose", ({ popup }) => popup === this.popup && this.closed());
    map.on("resize", () => this.fit());
    map.on("move zoomend", () => this.subject && this.clear());
  }

  /** Open at a spot; `incident` is the public id to begin with where the spot has several. */
  open(spot, { incident = "", focus = false } = {}) {
    const [x, y, role] = spot.key.split(".");
    return this.ask({
      at: [spot.lat, spot.lon],
      source: `[data-spot="${CSS.escape(spot.key)}"]`,
      path: this.paths.spot,
      params: { x, y, role, ...(incident && { incident }) },
      parts: ({ sight }) => sight && { title: sight.title, nodes: [head(sight), body(sight)], shown: { incident: sight.id } },
      focus,
    });
  }

  /** Open on a line, `at` a point of it; `key` finds its element again. */
  follow(line, at, key) {
    return this.ask({
      at,
      source: `[data-line="${CSS.escape(key)}"]`,
      path: this.paths.leg,
      params: { launch: line.from.join(","), impact: line.to.join(",") },
      parts: ({ leg, items }) => leg && { title: legTitle(leg), nodes: [legHead(leg), legBody(items)], shown: { line: key } },
      focus: true,
    });
  }

  /** Show what `subject` is about, at a page of it. */
  async ask(subject, page = 1) {
    const params = filter();
    for (const [name, value] of Object.entries(subject.params)) params.set(name, value);
    params.set("page", page);
    this.subject = subject;
    this.content.replaceChildren(el("p", { class: "empty" }, say("loading")));
    this.fit();
    this.popup.setLatLng(subject.at).openOn(this.map);
    this.forget?.();
    this.forget = onEscape(() => this.close());
    this.closeButton();
    this.clear();
    let answer;
    try {
      answer = await ask("popup", subject.path, params);
    } catch (error) {
      this.content.replaceChildren(el("p", { class: "empty" }, say("failed", { why: error.message })));
      return;
    }
    if (!answer || this.subject !== subject) return;
    const parts = subject.parts(answer);
    if (!parts) {
      this.content.replaceChildren(el("p", { class: "empty" }, say("nothing_here")));
      return;
    }
    this.content.setAttribute("aria-label", parts.title);
    this.content.replaceChildren(...(answer.pages > 1 ? [this.pager(answer)] : []), ...parts.nodes);
    this.chosen(parts.shown);
    this.popup.update();
    this.clear();
    if (subject.focus) this.content.focus({ preventScroll: true });
  }

  pager({ page, pages }) {
    // The incident that was asked for decides the first page only.
    const { incident, ...params } = this.subject.params;
    const turn = (to, text, name) =>
      el(
        "button",
        {
          type: "button",
          class: "button button-quiet",
          "aria-label": text,
          disabled: to < 1 || to > pages,
          onclick: () => this.ask({ ...this.subject, params, focus: true }, to),
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

  clear() {
    giveWay(this.map, this.subject && this.popup.getElement());
  }

  closeButton() {
    const button = this.popup.getElement()?.querySelector(".leaflet-popup-close-button");
    button?.setAttribute("aria-label", say("close"));
  }

  close() {
    this.map.closePopup(this.popup);
  }

  closed() {
    if (!this.subject) return;
    const hadFocus = this.content.contains(document.activeElement);
    const { source } = this.subject;
    this.subject = null;
    this.forget();
    this.clear();
    this.chosen({});
    // What was opened may have been drawn anew since; its key still finds it.
    if (hadFocus) document.querySelector(source)?.focus();
  }
}

/** Leaflet keeps every control above every popup: those that an open one reaches give way. */
export function giveWay(map, popup) {
  const box = popup ? popup.getBoundingClientRect() : null;
  for (const control of map.getContainer().querySelectorAll(".leaflet-control")) {
    control.classList.toggle("gives-way", Boolean(box) && meet(box, control.getBoundingClientRect()));
  }
}

function meet(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// ---- a spot ----

function head(sight) {
  return el(
    "header",
    { class: "sight-head" },
    el("p", { class: "sight-place" }, sign(sight.role), el("span", {}, sight.place)),
    el("h2", {}, el("a", { href: within(sight.url) }, sight.title)),
    el("p", { class: "muted" }, bdi(sight.when)),
  );
}

/** What scrolls under the head. */
function scrolling(...children) {
  return el("div", { class: "sight-body", tabindex: "0", role: "group", "aria-label": say("details") }, children);
}

function body(sight) {
  const facts = el("dl", { class: "facts" });
  for (const [label, value] of sight.facts) facts.append(el("dt", {}, label), el("dd", {}, bdi(value)));
  return scrolling(
    facts,
    sight.evidence ? evidence(sight.evidence) : null,
    el(
      "ul",
      { class: "sight-links" },
      el("li", {}, el("a", { href: within(sight.url) }, say("open_incident"), " ", bdi(sight.id)), " · ", el("a", { href: inList(sight) }, say("in_list"))),
      sight.articles.map((article) =>
        el("li", {}, el("a", { href: article.url, dir: "auto" }, article.title), " ", el("span", { class: "muted" }, article.source)),
      ),
    ),
  );
}

/** An incident's page that knows which set it is leafed through in. */
function within(path) {
  const query = filter().toString();
  return query ? `${path}?${query}` : path;
}

/** The incident's row in the table of the same filter. */
function inList(sight) {
  const params = filter();
  params.set("at", sight.id);
  return `${sight.list}?${params}#${encodeURIComponent(sight.id)}`;
}

function evidence({ quote: [before, words, after], speaker, act, lang, url }) {
  return el(
    "blockquote",
    {},
    el("p", { dir: "auto", lang }, before, el("mark", {}, words), after),
    el("footer", {}, bdi(speaker), ` · ${act} · `, el("a", { href: url }, say("in_article"))),
  );
}

// ---- a line ----

function legTitle({ launch, impact }) {
  return say("from_to", { launch, impact });
}

function legHead(leg) {
  return el(
    "header",
    { class: "sight-head" },
    el("p", { class: "sight-place" }, sign("launch"), el("i", { class: "key key-trajectories" }), sign("impact"), el("span", {}, say("leg"))),
    el("h2", {}, legTitle(leg)),
    el("p", {}, el("strong", {}, bdi(leg.distance))),
    el("p", { class: "muted" }, bdi(leg.spread)),
  );
}

const VERDICT_ICONS = { fits: "check", too_far: "warning", too_near: "warning" };

function legBody(items) {
  return scrolling(
    el(
      "ul",
      { class: "legs" },
      items.map((item) =>
        el(
          "li",
          {},
          el("a", { href: item.url }, item.title),
          el("span", { class: "muted" }, bdi(item.when)),
          el("p", { class: `verdict verdict-${item.fit}`, title: item.source }, icon(VERDICT_ICONS[item.fit] ?? "info"), el("span", {}, item.verdict)),
        ),
      ),
    ),
    items.some((item) => item.source) ? el("p", { class: "muted leg-sources" }, [...new Set(items.map((item) => item.source).filter(Boolean))].map((source) => el("bdi", { lang: "en" }, source))) : null,
  );
}
