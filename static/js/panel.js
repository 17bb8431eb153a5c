/* The list beside the map: the same incidents as cards, linked both ways, and the accessible twin
   of the markers. A second tab holds what has no place and so no marker. */

import { ask } from "./api.js";
import { bdi, el, rtl } from "./dom.js";
import { grouped, say } from "./strings.js";
import { sign } from "./symbols.js";

export class Panel {
  /** `pick(card)` shows an incident on the map, `hover(card, on)` lights its signs. */
  constructor(root, path, { pick, hover, params }) {
    this.root = root;
    this.path = path;
    this.pick = pick;
    this.hover = hover;
    this.params = params;
    this.list = root.querySelector(".cards");
    this.note = root.querySelector(".panel-note");
    this.foot = root.querySelector(".panel-foot");
    this.tabs = [...root.querySelectorAll('[role="tab"]')];
    this.which = "placed";
    this.page = 1;
    this.cards = new Map();
    for (const tab of this.tabs) {
      tab.addEventListener("click", () => this.turnTo(tab));
      tab.addEventListener("keydown", (event) => this.walkTabs(event));
    }
  }

  turnTo(tab) {
    this.which = tab.dataset.which;
    for (const other of this.tabs) {
      const selected = other === tab;
      other.setAttribute("aria-selected", String(selected));
      other.tabIndex = selected ? 0 : -1;
    }
    this.root.querySelector('[role="tabpanel"]').setAttribute("aria-labelledby", tab.id);
    this.load(1);
  }

  walkTabs(event) {
    const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = this.tabs[(this.tabs.indexOf(event.target) + step + this.tabs.length) % this.tabs.length];
    next.focus();
    this.turnTo(next);
  }

  async load(page = 1) {
    const params = this.params();
    params.set("placed", this.which === "placed" ? "yes" : "no");
    params.set("page", String(page));
    const answer = await ask("list", this.path, params);
    if (!answer) return;
    this.page = answer.page;
    this.show(answer);
  }

  show({ items, count, outside, page, pages }) {
    this.tabs.find((tab) => tab.dataset.which === this.which).querySelector(".number").textContent = grouped(count);
    this.cards.clear();
    this.list.replaceChildren(...items.map((item) => this.card(item)));
    if (!items.length) {
      this.list.append(el("li", { class: "empty" }, say(this.which === "placed" ? "none_in_view" : "none_unplaced")));
    }
    this.note.textContent = outside;
    this.list.parentElement.scrollTop = 0;
    this.foot.replaceChildren(...(pages > 1 ? this.pager(page, pages) : []));
    this.mark();
  }

  card(item) {
    const card = el(
      "li",
      { class: "card" },
      el("h2", {}, el("button", { type: "button", class: "card-title", onclick: () => this.pick(item) }, item.title)),
      el("a", { class: "card-open", href: item.url, "aria-label": `${say("open_incident")} ${item.id}` }, bdi(item.id)),
      el(
        "p",
        { class: "card-line" },
        el("span", { class: "signs", role: "img", "aria-label": item.roles_text }, item.roles.map((role) => sign(role))),
        bdi(item.when),
        item.grade ? el("span", { class: `grade grade-${item.grade}` }, item.grade_text) : null,
        item.status ? el("span", { class: "status" }, item.status) : null,
      ),
      item.figures.length
        ? el("p", { class: "card-line" }, item.figures.map(([number, word]) => el("span", {}, el("strong", {}, bdi(number)), ` ${word}`)))
        : null,
      item.parties.length
        ? el("p", { class: "card-line" }, item.parties.map(([label, names]) => el("span", {}, `${label} `, bdi(names))))
        : null,
    );
    card.addEventListener("mouseenter", () => this.hover(item, true));
    card.addEventListener("mouseleave", () => this.hover(item, false));
    card.addEventListener("focusin", () => this.hover(item, true));
    card.addEventListener("focusout", () => this.hover(item, false));
    this.cards.set(item.id, { item, element: card });
    return card;
  }

  pager(page, pages) {
    const turn = (to, text) =>
      el("button", { type: "button", class: "button button-quiet", disabled: to < 1 || to > pages, onclick: () => this.load(to) }, text);
    return [turn(page - 1, say("previous")), el("span", {}, say("page_of", { page, pages })), turn(page + 1, say("next"))];
  }

  /** Mark the chosen incident's card, and bring it into sight. */
  choose(id) {
    this.chosen = id;
    this.mark();
    const card = this.cards.get(id)?.element;
    card?.scrollIntoView({ block: "nearest" });
  }

  mark() {
    for (const [id, { element }] of this.cards) {
      element.classList.toggle("chosen", id === this.chosen);
      element.querySelector(".card-title").setAttribute("aria-pressed", String(id === this.chosen));
    }
  }

  /** Light up the cards that have a sign at this spot. */
  light(spot, on) {
    for (const { item, element } of this.cards.values()) {
      if (item.spots.some(({ key }) => key === spot.key)) element.classList.toggle("lit", on);
    }
  }
}


