/* The analyst's desk: map, list and time line of one filtered set, kept in step. */

import { ask } from "./api.js";
import { drawBackdrop } from "./backdrop.js";
import { Density } from "./density.js";
import { el } from "./dom.js";
import { Filters, keepLinks } from "./filters.js";
import { Panel } from "./panel.js";
import { Player } from "./play.js";
import { Popup } from "./popup.js";
import { printable } from "./print.js";
import { Sites, lineKey } from "./sites.js";
import * as state from "./state.js";
import { grouped, say } from "./strings.js";
import { Timeline } from "./timeline.js";
import { Tools } from "./tools.js";

const { map, layers } = window.athar;
const bench = document.querySelector(".workbench");
const paths = bench.dataset;
const message = bench.querySelector(".map-message");
const narrow = window.matchMedia("(max-width: 56rem)");
// Close enough to tell a quarter's streets apart.
const CLOSE = 14;

const usual = switchedOn();
const start = state.view();
// Where an address without a view looks.
const home = { lat: map.getCenter().lat, lon: map.getCenter().lng, zoom: fittingZoom() };
look(start);
let chosen = start.incident;

const popup = new Popup(map, paths, ({ incident = "", line = "" }) => {
  choose(incident);
  sites.markLine(line);
});
const sites = new Sites(map, layers, {
  open: (spot) => tools.takes([spot.lat, spot.lon]) || popup.open(spot, { focus: true }),
  follow: (line, middle, at) => tools.takes(at) || popup.follow(line, middle, lineKey(line)),
  enter: (cell) => tools.takes([cell.lat, cell.lon]) || sites.zoomInto(cell),
  hover: (spot, on) => panel.light(spot, on),
});
const panel = new Panel(bench.querySelector(".panel"), paths.list, {
  pick: show,
  hover: (item, on) => sites.light(item.spots.map(({ key }) => key), item.id, "lit", on),
  params: () => within(state.filter()),
});
const filters = new Filters(document.querySelector("form.filters"), state.setFilter);
const timeline = new Timeline(bench.querySelector(".timeline"), (from, to) => filters.setDates(from, to), () => loadSet());
const density = new Density(map, layers.density, layers, sites);
const tools = new Tools(map, bench, { density, picture });
const player = new Player(bench.querySelector(".timeline"), timeline, goTo);

/** The city fills the map on a telephone as on a wall. */
function fittingZoom() {
  const { x, y } = map.getSize();
  const steps = Math.round(2 * Math.log2(Math.min(x, y * 1.4) / 950)) / 2;
  return map.getZoom() + Math.max(-0.5, Math.min(2, steps));
}

/** Show the place and the layers of a view that an address keeps. */
function look(view) {
  const { lat, lon, zoom } = view.placed ? view : home;
  // Anew, not as a step from where the map is: that goes by whole pixels.
  map.setView([lat, lon], zoom, { reset: true });
  for (const [key, layer] of Object.entries(layers)) {
    const changed = view.layers.includes(usual.has(key) ? `-${key}` : key);
    if (usual.has(key) !== changed) layer.addTo(map);
    else layer.remove();
  }
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

function inTime(params) {
  if (timeline.nearby) params.set("time", "near");
  return params;
}

/** Counts, chips and time line of the whole set; null where there is no answer, or a newer one. */
async function loadSet() {
  const answer = await attempt(() => ask("summary", paths.summary, inTime(state.filter())));
  if (!answer) return null;
  count(answer);
  filters.showChips(answer.chips);
  timeline.show(answer.histogram, state.filter().get("from") ?? "", state.filter().get("to") ?? "");
  player.offer();
  return answer;
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

// ---- what the address keeps ----

function switchedOn() {
  return new Set(Object.keys(layers).filter((key) => map.hasLayer(layers[key])));
}

/** Layers that are not as they usually are: "density" where it is on, "-launch" where it is off. */
function changedLayers() {
  const on = switchedOn();
  return Object.keys(layers)
    .filter((key) => on.has(key) !== usual.has(key))
    .map((key) => (on.has(key) ? key : `-${key}`));
}

let stepping = false;

function remember() {
  // A step of the history has its view already.
  if (stepping) return;
  const { lat, lng } = map.getCenter();
  state.setView({ zoom: map.getZoom(), lat, lon: lng, incident: chosen, layers: changedLayers() });
}

// ---- playing ----

let walking = false;

/** Show a window of the time line, as the player asks; the number of incidents in it. A walk
    along the time line is one step of the history, however long. */
async function goTo(range) {
  const params = state.filter();
  const [from, to] = timeline.dates(range);
  for (const [name, value] of Object.entries({ from, to })) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const replace = walking;
  state.setFilter(params, { replace });
  walking = true;
  const [, answer] = await settled;
  return answer?.incidents ?? null;
}

// ---- a picture ----

async function picture(kind) {
  if (kind === "print") {
    window.print();
    return;
  }
  tell(say("picture_making"));
  const done = await attempt(async () => {
    const { savePicture } = await import("./picture.js");
    await savePicture(kind, map, paths);
    return true;
  });
  if (done) tell("");
}

// ---- faces ----

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

let settled = Promise.resolve([]);

/** Ask anew for what the map shows, with `set` for the whole set as well. */
function refresh(set = false) {
  const asked = [Promise.all([loadView(), attempt(() => panel.load())]).then(mark), set ? loadSet() : null];
  settled = Promise.all(asked);
  return settled;
}

/** Open the incident that the address names, once everything that is asked for is there. */
async function openChosen() {
  let asked;
  do {
    asked = settled;
    await asked;
  } while (asked !== settled);
  const item = panel.cards.get(chosen)?.item;
  if (item) show(item);
}

let resizing = false;
let pause;

map.on("moveend", () => {
  remember();
  clearTimeout(pause);
  // The page settles around the map while the first answers are under way: they are worth waiting
  // for, and asking again at once would break them off.
  if (resizing) pause = setTimeout(() => settled.then(() => refresh()), 100);
  else refresh();
});
map.on("overlayadd overlayremove", remember);

function refilter(params) {
  walking = false;
  popup.close();
  filters.fill(params);
  keepLinks(location.search);
  refresh(true);
}

state.onFilter(refilter);
state.onStep((view, filtered) => {
  stepping = true;
  popup.close();
  unmark();
  chosen = view.incident;
  look(view);
  if (filtered) refilter(state.filter());
  stepping = false;
  openChosen();
});

new ResizeObserver(() => {
  resizing = true;
  map.invalidateSize({ animate: false });
  resizing = false;
}).observe(map.getContainer());
if (!paths.tiles) attempt(() => drawBackdrop(map, paths.backdrop, () => sites.data.spots.map(({ lat, lon }) => [lat, lon])));
document.querySelector("form.filters .chips").addEventListener("click", (event) => {
  const chip = event.target.closest("a.chip");
  if (!chip) return;
  event.preventDefault();
  state.setFilter(new URLSearchParams(new URL(chip.href).search));
});
printable(bench, map);
keepLinks(location.search);
refresh(true);
openChosen();
