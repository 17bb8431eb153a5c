/* The small map on the pages of the OGC API: the features of the page, nothing more. */

import { drawBackdrop } from "./backdrop.js";
import { el, rtl } from "./dom.js";
import { say } from "./strings.js";
import { sign } from "./symbols.js";

const L = window.L;
const BAGHDAD = [33.315, 44.395];

function json(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const holder = document.getElementById("ogc-map");
const shapes = json("shapes");
const end = rtl ? "left" : "right";

const map = L.map(holder, { attributionControl: false, zoomControl: false, zoomSnap: 0.5, minZoom: 5, maxZoom: 17 });
L.control.zoom({ position: `top${end}`, zoomInTitle: say("zoom_in"), zoomOutTitle: say("zoom_out") }).addTo(map);
for (const [name, height] of Object.entries({ ground: 210, names: 380, uncertainty: 420, trajectories: 430 })) {
  map.createPane(name).style.zIndex = height;
}

/** Latitude before longitude, as Leaflet wants it. */
function turned([lon, lat]) {
  return [lat, lon];
}

const placed = [];

/** Features at one point share a sign, which counts them. */
function drawPoints(points) {
  const together = new Map();
  for (const shape of points) {
    const key = `${shape.role} ${shape.geometry.coordinates}`;
    together.set(key, [...(together.get(key) ?? []), shape]);
  }
  for (const group of together.values()) {
    const [first] = group;
    const at = turned(first.geometry.coordinates);
    placed.push(at);
    if (first.radius_m) {
      L.circle(at, { radius: first.radius_m, pane: "uncertainty", className: `halo halo-${first.role}`, interactive: false }).addTo(map);
    }
    const size = group.length > 1 ? 27 : 20;
    const icon = L.divIcon({
      className: `spot spot-${first.role}`,
      html: sign(first.role, group.length),
      iconSize: [size, size],
      iconAnchor: [size / 2, size / 2],
    });
    const label = group.length > 1 ? `${first.id} + ${group.length - 1}` : first.id;
    L.marker(at, { icon, alt: label, title: label }).bindPopup(() => list(group)).addTo(map);
  }
}

function drawLine(shape) {
  const line = shape.geometry.coordinates.map(turned);
  placed.push(...line);
  L.polyline(line, { pane: "trajectories", className: "flight", weight: 3 }).bindPopup(() => list([shape])).addTo(map);
}

/** The features of a sign, each with its page. */
function list(group) {
  return el(
    "ul",
    { class: "list", dir: "ltr" },
    group.slice(0, 20).map(({ id, href }) => el("li", {}, el("a", { href }, id))),
    group.length > 20 ? el("li", {}, "…") : null,
  );
}

function credit() {
  const control = new L.Control({ position: `bottom${end}` });
  control.onAdd = () =>
    el(
      "p",
      { class: "credits", dir: rtl ? "rtl" : "ltr" },
      holder.dataset.attribution ? el("bdi", {}, holder.dataset.attribution) : json("credits").map((text) => el("bdi", { lang: "en" }, text)),
      el("a", { href: holder.dataset.about }, say("sources")),
    );
  control.addTo(map);
}

drawPoints(shapes.filter(({ geometry }) => geometry.type === "Point"));
shapes.filter(({ geometry }) => geometry.type === "LineString").forEach(drawLine);
if (placed.length) map.fitBounds(L.latLngBounds(placed).pad(0.15), { maxZoom: 13, animate: false });
else map.setView(BAGHDAD, 11, { animate: false });
L.control.scale({ imperial: false, position: `bottom${rtl ? "right" : "left"}` }).addTo(map);
credit();

const { tiles, backdrop } = holder.dataset;
if (tiles) L.tileLayer(tiles, { referrerPolicy: "strict-origin-when-cross-origin", maxZoom: 17 }).addTo(map);
else await drawBackdrop(map, backdrop, () => placed);
holder.dataset.ready = "yes";

// The form: the part of the map in view as a bbox; fields left empty ask for nothing.
const form = document.getElementById("ask");
const button = document.getElementById("box-of-view");
if (form && button) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const bounds = map.getBounds();
    form.elements.bbox.value = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
      .map((edge) => edge.toFixed(5))
      .join(",");
  });
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name) field.disabled = !field.value.trim();
  });
}
