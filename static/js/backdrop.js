/* The map under the map when no tile server is set: built-up land, rivers, roads, districts and
   names, from the bundled data. Colours live in the style sheet, so it turns dark with the page. */

import { ask } from "./api.js";
import { rtl } from "./dom.js";
import { metresPerPixel } from "./geo.js";

const L = window.L;
const language = rtl ? "ar" : "en";

/** Draw the ground. `occupied()` gives the positions of signs, which names keep clear of. */
export async function drawBackdrop(map, path, occupied) {
  const ground = await ask("backdrop", path, "");
  if (!ground) return;
  // Half a screen of margin: panning a little shows drawn land, not an edge.
  const renderer = L.svg({ pane: "ground", padding: 0.5 });
  const shape = (className) => ({ renderer, className, pane: "ground", interactive: false });

  L.polygon(ground.urban, { ...shape("land-urban"), smoothFactor: 0.5 }).addTo(map);
  for (const line of ground.districts) L.polyline(line, shape("land-border")).addTo(map);
  for (const layer of ["edge", "water"]) {
    for (const river of ground.rivers) {
      L.polyline(river.line, { ...shape(`land-${layer} river-${river.id}`), smoothFactor: 0.5 }).addTo(map);
    }
  }
  for (const layer of ["casing", "road"]) {
    L.polyline(ground.roads, { ...shape(`land-${layer}`), smoothFactor: 0.8 }).addTo(map);
  }
  scaleStrokes(map, ground.rivers);
  map.on("zoomend", () => scaleStrokes(map, ground.rivers));
  nameThings(map, ground.names, occupied);
}

/** Rivers are as wide as they are in the field, roads a little wider than nature. */
function scaleStrokes(map, rivers) {
  const style = map.getContainer().style;
  const metres = metresPerPixel(map);
  for (const river of rivers) {
    const width = Math.min(90, Math.max(river.thin, river.width_m / metres));
    style.setProperty(`--river-${river.id}`, `${width.toFixed(1)}px`);
  }
  style.setProperty("--road-width", `${Math.min(11, Math.max(1.1, 42 / metres)).toFixed(2)}px`);
}

/** Names, the important first; one that would cover another waits for a deeper zoom. */
function nameThings(map, names, occupied) {
  const layer = L.layerGroup().addTo(map);
  const measure = document.createElement("canvas").getContext("2d");
  measure.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  const widths = new Map();

  function widthOf(text) {
    if (!widths.has(text)) widths.set(text, measure.measureText(text).width);
    return widths.get(text);
  }

  function place() {
    layer.clearLayers();
    const zoom = map.getZoom();
    const seen = map.getBounds().pad(0.25);
    const taken = [];
    const signs = occupied().map((position) => map.latLngToLayerPoint(position));
    for (const [kind, from, lat, lon, en, ar] of names) {
      if (zoom < from || !seen.contains([lat, lon])) continue;
      const text = language === "ar" ? ar || en : en || ar;
      const at = map.latLngToLayerPoint([lat, lon]);
      // A name whose place bears a sign moves below it.
      const under = signs.some((sign) => Math.abs(sign.x - at.x) < 20 && Math.abs(sign.y - at.y) < 13) ? 22 : 0;
      at.y += under;
      const half = (widthOf(text) * (kind === "city" ? 1.35 : 1.1)) / 2 + 8;
      const box = [at.x - half, at.y - 13, at.x + half, at.y + 13];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      const span = document.createElement("span");
      span.textContent = text;
      span.dir = rtl ? "rtl" : "ltr";
      L.marker([lat, lon], {
        pane: "names",
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: `name name-${kind}`, html: span, iconSize: [0, 0], iconAnchor: [0, -under] }),
      }).addTo(layer);
    }
  }

  map.on("moveend sitesdrawn", place);
  document.fonts.ready.then(() => {
    widths.clear();
    place();
  });
}
