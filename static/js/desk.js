/* The analyst's desk: map, list and time line of one filtered set, kept in step. */

import { ask } from "./api.js";
import { drawBackdrop } from "./backdrop.js";
import { el, icon, rtl } from "./dom.js";
import { Filters, keepLinks } from "./filters.js";
import { Panel } from "./panel.js";
import { Popup } from "./popup.js";
import { Sites } from "./sites.js";
import * as state from "./state.js";
import { grouped, say } from "./strings.js";
import { Timeline } from "./timeline.js";

const L = window.L;
const { map, layers } = window.athar;
const bench = document.querySelector(".workbench");
const paths = bench.dataset;
const message = bench.querySelector(".map-message");
const narrow = window.matchMedia("(max-width: 56rem)");
// Close enough to tell a quarter's streets apart.
const CLOSE = 14;

const start = state.view();
if (start.placed) map.setView([start.lat, start.lon], start.zoom, { animate: false });
else map.setZoom(fittingZoom(), { animate: false });
let chosen = start.incident;

const popup = new Popup(map, paths.spot, (id) => {
  choose(id);
});
const sites = new Sites(map, layers, {
  open: (spot) => popup.open(spot, { focus: true }),
  hover: (spot, on) => panel.light(spot, on),
});
const panel = new Panel(bench.querySelector(".panel"), paths.list, {
  pick: show,
  hover: (item, on) => sites.light(item.spots.map(({ key }) => key), item.id, "lit", on),
  params: () => within(state.filter()),
});
const filters = new Filters(document.querySelector("form.filters"), state.setFilter);
const timeline = new Timeline(bench.querySelector(".timeline"), (from, to) => filters.setDates(from, to));

/** The city fills the map on a telephone as on a wall. */
function fittingZoom() {
  const { x, y } = map.getSize();
  const steps = Math.round(2 * Math.log2(Math.min(x, y * 1.4) / 950)) / 2;
  return map.getZoom() + Math.max(-0.5, Math.min(2, steps));
}

/** `params` and the view: what the map shows, and at which zoom. */
function within(params) {
  const bounds = map.getBounds();
  const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  params.set("view", edges.map((edge) => edge.toFixed(5)).join(","));
  params.set("zoom", String(Math.round(map.getZoom())));
  return params;
}

function tell(text, error = false) {
  message.textContent = text;
  message.classList.toggle("error", error);
}

/** Run a question; what goes wrong is said on the map and not swallowed. */
async function attempt(question) {
  try {
    return await question();
  } catch (error) {
    tell(say("failed", { why: error.message }), true);
    return null;
  }
}

async function loadView() {
  const answer = await attempt(() => ask("data", paths.data, within(state.filter())));
  if (!answer) return;
  sites.draw(answer);
  tell("");
  bench.dataset.ready = "yes";
  mark();
}

async function loadSet() {
  const answer = await attempt(() => ask("summary", paths.summary, state.filter()));
  if (!answer) return;
  count(answer);
  filters.showChips(answer.chips);
  timeline.show(answer.histogram, state.filter().get("from") ?? "", state.filter().get("to") ?? "");
}

function count({ incidents, unplaced, killed, wounded }) {
  const tally = bench.querySelector(".tally");
  tally.querySelector('[data-count="incidents"]').textContent = grouped(incidents);
  for (const [name, { low, best, high }] of Object.entries({ killed, wounded })) {
    const cell = tally.querySelector(`[data-count="${name}"]`);
    if (best === null) {
      cell.replaceChildren(el("span", { class: "muted" }, incidents ? say("unknown") : "0"));
      continue;
    }
    const spread = low === high ? "" : `${grouped(low ?? best)}–${grouped(high ?? best)}`;
    cell.replaceChildren(el("bdi", {}, grouped(best)), ...(spread ? [" ", el("small", {}, el("bdi", { dir: "ltr" }, spread))] : []));
  }
  bench.querySelector('[data-which="unplaced"] .number').textContent = grouped(unplaced);
}

// ---- one incident on every face ----

function choose(id) {
  if (id === chosen) return;
  unmark();
  chosen = id;
  mark();
  remember();
}

function unmark() {
  for (const marker of sites.spots.values()) marker.getElement()?.classList.remove("chosen");
}

function mark() {
  panel.choose(chosen);
  const item = panel.cards.get(chosen)?.item;
  if (item) sites.light(item.spots.map(({ key }) => key), chosen, "chosen", true);
}

/** A card was picked: bring its main place into view and open it there. */
async function show(item) {
  if (!item.spots.length) {
    location.assign(item.url);
    return;
  }
  if (narrow.matches) turnTo("map");
  const [main] = item.spots;
  choose(item.id);
  if (!sites.spots.has(main.key)) {
    map.setView([main.lat, main.lon], Math.max(map.getZoom(), CLOSE), { animate: false });
    await settled;
  }
  const marker = sites.spots.get(main.key);
  if (marker) popup.open(marker.spot, { incident: item.id, focus: true });
}

function remember() {
  const centre = map.getCenter();
  state.setView({ zoom: map.getZoom(), lat: centre.lat, lon: centre.lng, incident: chosen });
}

// ---- the controls folium placed, in the page's language ----

function dressControls() {
  const container = map.getContainer();
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
  const end = rtl ? "bottomleft" : "bottomright";
  // In front of the credit that a tile server asks for, if there is one.
  L.control.attribution({ prefix: false, position: end }).addTo(map);
  const credits = new L.Control({ position: end });
  credits.onAdd = () =>
    el(
      "p",
      { class: "credits", dir: rtl ? "rtl" : "ltr" },
      JSON.parse(document.getElementById("credits").textContent).map((credit) => el("bdi", { lang: "en" }, credit)),
      el("a", { href: paths.about }, say("sources")),
    );
  credits.addTo(map);
  L.control.scale({ imperial: false, position: end }).addTo(map);

  const legend = container.querySelector(".leaflet-control-layers");
  legend.dir = rtl ? "rtl" : "ltr";
  const list = legend.querySelector(".leaflet-control-layers-list");
  const head = el("button", { type: "button", class: "legend-head", "aria-expanded": "true" }, icon("layers"), say("legend"), icon("down"));
  legend.insertBefore(head, list);
  const fold = (folded) => {
    legend.classList.toggle("folded", folded);
    head.setAttribute("aria-expanded", String(!folded));
  };
  head.addEventListener("click", () => fold(!legend.classList.contains("folded")));
  fold(narrow.matches);
}

function turnTo(face) {
  bench.dataset.face = face;
  for (const button of bench.querySelectorAll(".dock button")) {
    button.setAttribute("aria-pressed", String(button.dataset.face === face));
  }
  map.invalidateSize();
}

for (const button of bench.querySelectorAll(".dock button")) {
  button.addEventListener("click", () => turnTo(button.dataset.face));
}

// ---- go ----

let settled = Promise.resolve();

function refresh() {
  settled = Promise.all([loadView(), attempt(() => panel.load())]).then(mark);
  return settled;
}

map.on("moveend", () => {
  remember();
  refresh();
});
state.onFilter((params) => {
  popup.close();
  filters.fill(params);
  keepLinks(location.search);
  refresh();
  loadSet();
});

// The page around it settles after Leaflet has measured the map.
new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
dressControls();
if (!paths.tiles) attempt(() => drawBackdrop(map, paths.backdrop, () => sites.data.spots.map(({ lat, lon }) => [lat, lon])));
document.querySelector("form.filters .chips").addEventListener("click", (event) => {
  const chip = event.target.closest("a.chip");
  if (!chip) return;
  event.preventDefault();
  state.setFilter(new URLSearchParams(new URL(chip.href).search));
});
keepLinks(location.search);
loadSet();
refresh().then(() => {
  const item = panel.cards.get(chosen)?.item;
  if (item) show(item);
});
