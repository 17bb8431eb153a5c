/* Sites on the map: spots with their uncertainty, cells of many sites, lines from launch to impact. */

import { el } from "./dom.js";
import { bearing, distance, geodesic } from "./geo.js";
import { fly } from "./motion.js";
import { grouped, say } from "./strings.js";
import { ROLES, ring, short, sign } from "./symbols.js";

const L = window.L;

export class Sites {
  /** When the reader picks something `open(spot)`, `follow(line)` or `enter(cell)` is called, and
      `hover(spot, on)` when pointing at a spot. */
  constructor(map, layers, { open, follow, enter, hover }) {
    this.map = map;
    this.layers = layers;
    this.open = open;
    this.follow = follow;
    this.enter = enter;
    this.hover = hover;
    this.cells = L.featureGroup().addTo(map);
    this.spots = new Map();
    this.halos = new Map();
    this.flights = [];
    this.data = { spots: [], cells: [], lines: [] };
    // A role switched off leaves the rings of cells, too; the density layer takes their place.
    map.on("overlayadd overlayremove", () => {
      this.drawHalos();
      this.drawCells();
    });
  }

  draw(data) {
    const { spot: heldSpot, line: heldLine } = document.activeElement?.dataset ?? {};
    this.data = data;
    for (const key of [...ROLES, "trajectories", "uncertainty"]) this.layers[key].clearLayers();
    this.spots.clear();
    this.halos.clear();
    this.flights = [];
    const companions = this.companions(data.spots);
    for (const spot of data.spots) this.drawSpot(spot, companions.get(spot.key));
    for (const line of data.lines) this.drawLine(line);
    this.drawHalos();
    this.drawCells();
    this.map.fire("sitesdrawn");
    // New data must not throw a keyboard reader out of the map.
    if (heldSpot) this.spots.get(heldSpot)?.getElement()?.focus();
    if (heldLine) this.targets().find((element) => element.dataset.line === heldLine)?.focus();
  }

  /** Roles at the very same coordinate stand side by side: how far each moves, in pixels. */
  companions(spots) {
    const together = new Map();
    for (const { key } of spots) {
      const at = key.slice(0, key.lastIndexOf("."));
      together.set(at, [...(together.get(at) ?? []), key]);
    }
    const shifts = new Map();
    const step = singleSize(this.map.getZoom());
    for (const keys of together.values()) {
      keys.forEach((key, index) => shifts.set(key, (index - (keys.length - 1) / 2) * step));
    }
    return shifts;
  }

  drawSpot(spot, shift) {
    const single = singleSize(this.map.getZoom());
    const size = spot.n > 1 ? single + 7 + Math.min(8, Math.log2(spot.n)) : single;
    const icon = L.divIcon({
      className: `spot spot-${spot.role}`,
      html: sign(spot.role, spot.n),
      iconSize: [size, size],
      iconAnchor: [size / 2 - shift, size / 2],
    });
    const marker = L.marker([spot.lat, spot.lon], { icon, riseOnHover: true });
    marker.spot = spot;
    marker.on("add", () => this.name(marker, spot));
    marker.on("click", () => this.open(spot));
    marker.on("contextmenu", () => this.map.fire("contextmenu", { latlng: marker.getLatLng() }));
    marker.on("mouseover", () => this.hover(spot, true));
    marker.on("mouseout", () => this.hover(spot, false));
    marker.bindTooltip(el("span", { dir: "auto" }, spot.label), {
      direction: "top",
      offset: [shift, -size / 2],
    });
    this.layers[spot.role].addLayer(marker);
    this.spots.set(spot.key, marker);
    if (spot.radius_m) {
      const halo = L.circle([spot.lat, spot.lon], {
        radius: spot.radius_m,
        pane: "uncertainty",
        className: `halo halo-${spot.role}`,
        interactive: false,
      });
      halo.role = spot.role;
      this.halos.set(spot.key, halo);
    }
  }

  /** A circle is seen with its sign: not where its role is switched off. */
  drawHalos() {
    for (const halo of this.halos.values()) {
      if (this.map.hasLayer(this.layers[halo.role])) this.layers.uncertainty.addLayer(halo);
      else this.layers.uncertainty.removeLayer(halo);
    }
  }

  /** Say to a screen reader what the sign shows, and let Enter and Space pick it. */
  name(marker, spot) {
    const element = marker.getElement();
    element.setAttribute("aria-label", spot.n > 1 ? withNumber(spot.label, spot.n) : spot.label);
    element.setAttribute("role", "button");
    element.dataset.spot = spot.key;
    element.addEventListener("focus", () => this.hover(spot, true));
    element.addEventListener("blur", () => this.hover(spot, false));
    onKey(element, () => this.open(spot));
  }

  /** The line that is seen, and a wide one over it that is easy to hit. */
  drawLine(line) {
    const points = arc(line.from, line.to);
    const shape = { pane: "trajectories" };
    const { metres, bearing: turn } = geodesic(line.from, line.to);
    const warned = warns(line, metres);
    const flight = L.polyline(points, { ...shape, className: warned ? "flight flight-warns" : "flight", interactive: false });
    flight.incident = line.incident;
    const target = L.polyline(points, { ...shape, className: "flight-target", weight: 24, bubblingMouseEvents: false });
    const light = (on) => flight.getElement()?.classList.toggle("pointed", on);
    const follow = (position) => this.follow(line, points[12], position);
    const said = say("line", { distance: distance(metres), bearing: bearing(turn), number: grouped(line.n) });
    const label = warned ? `${said}. ${say("line_warns")}` : said;
    target.bindTooltip(el("span", { dir: "auto" }, label), { sticky: true, direction: "top" });
    target.on("contextmenu", ({ latlng }) => this.map.fire("contextmenu", { latlng }));
    target.on({ click: (event) => follow(event.latlng), mouseover: () => light(true), mouseout: () => light(false) });
    target.on("add", () => {
      const element = target.getElement();
      if (!element) return;
      element.setAttribute("aria-label", label);
      element.setAttribute("role", "button");
      element.setAttribute("tabindex", "0");
      element.dataset.line = lineKey(line);
      element.classList.toggle("followed", lineKey(line) === this.followed);
      element.addEventListener("focus", () => light(true));
      element.addEventListener("blur", () => light(false));
      onKey(element, () => follow(points[12]));
    });
    this.layers.trajectories.addLayer(flight).addLayer(target);
    this.flights.push(flight);
  }

  /** What can be hit of the lines. */
  targets() {
    return [...this.map.getPane("trajectories").querySelectorAll("[data-line]")];
  }

  /** Mark the line that a popup is about, "" for none. */
  markLine(key) {
    this.followed = key;
    for (const element of this.targets()) element.classList.toggle("followed", element.dataset.line === key);
  }

  drawCells() {
    this.cells.clearLayers();
    if (this.map.hasLayer(this.layers.density)) return;
    const shown = ROLES.filter((role) => this.map.hasLayer(this.layers[role]));
    for (const cell of this.data.cells) {
      const roles = Object.fromEntries(shown.map((role) => [role, cell.roles[role] ?? 0]));
      const number = Object.values(roles).reduce((sum, n) => sum + n, 0);
      if (!number) continue;
      const size = 34 + Math.min(26, Math.log10(number) * 8);
      const marker = L.marker([cell.lat, cell.lon], {
        icon: L.divIcon({
          className: "cell",
          html: ring(roles, number),
          iconSize: [size, size],
        }),
      });
      const enter = () => this.enter(cell);
      marker.on("click", enter);
      marker.on("add", () => {
        const element = marker.getElement();
        element.setAttribute("aria-label", withNumber(cell.label, number));
        element.setAttribute("role", "button");
        onKey(element, enter);
      });
      marker.bindTooltip(el("span", { dir: "auto" }, cell.label), {
        direction: "top",
        offset: [0, -size / 2],
      });
      this.cells.addLayer(marker);
    }
  }

  /** Go as close to a cell as it takes to part its sites. */
  zoomInto(cell) {
    const [west, south, east, north] = cell.box;
    const box = L.latLngBounds([south, west], [north, east]);
    const zoom = Math.min(this.map.getMaxZoom(), Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(box.pad(0.2))));
    fly(this.map, box.getCenter(), zoom);
  }

  /** Light up the spots, circles and lines of an incident that the list names. */
  light(keys, incident, kind, on) {
    for (const key of keys) {
      this.spots.get(key)?.getElement()?.classList.toggle(kind, on);
      if (kind === "lit") this.halos.get(key)?.getElement()?.classList.toggle("lit", on);
    }
    for (const flight of this.flights) {
      if (flight.incident && flight.incident === incident) {
        flight.getElement()?.classList.toggle("lit", on);
      }
    }
  }
}

/** Is the line of a single incident too long or too short for its weapon, however its ends lie in
    their circles? The server says the same in its popup, see incidents/ranges.py. */
function warns({ reach, doubt_m: doubt }, metres) {
  if (!reach || doubt === null) return false;
  const [least, most] = reach.map((km) => km * 1000);
  return metres - doubt > most || metres + doubt < least;
}

/** What tells a line from all others, in a form that an address can carry. */
export function lineKey({ from, to }) {
  return `${from.join(",")};${to.join(",")}`;
}

/** A label that has the number as its sign shows it, for those who speak to the page what they see:
    Arabic has a word for two, and a ring writes 1.2k. */
function withNumber(label, number) {
  const shown = short(number);
  return label.split(/[\s:،]+/).includes(shown) ? label : `${label} (${shown})`;
}

function onKey(element, act) {
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
}

/** Signs grow as the reader comes closer, so that a far view of the city is not one heap. */
function singleSize(zoom) {
  return Math.max(16, Math.min(28, 18 + (zoom - 11) * 3));
}

/** A gentle arc: it tells a trajectory from a road, and two directions from each other. */
function arc([lat1, lon1], [lat2, lon2]) {
  const points = [];
  const [dLat, dLon] = [lat2 - lat1, lon2 - lon1];
  const bend = 0.12 * (dLon > 0 ? 1 : -1);
  const [cLat, cLon] = [lat1 + dLat / 2 + dLon * bend, lon1 + dLon / 2 - dLat * bend];
  for (let step = 0; step <= 24; step++) {
    const t = step / 24;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    points.push([a * lat1 + b * cLat + c * lat2, a * lon1 + b * cLon + c * lon2]);
  }
  return points;
}
