/* The density layer: how many sites lie around each point, as colours between the ground and the
   signs. Every spot or cell is spread like a bell, so what is drawn is sites per square kilometre,
   and the legend can say so. */

import { el } from "./dom.js";
import { metresPerPixel } from "./geo.js";
import { grouped, say } from "./strings.js";
import { ROLES } from "./symbols.js";

const L = window.L;
// Half the width of a cell of the server's grid: closer bells would show the grid.
const SIGMA = 32;
const REACH = 3 * SIGMA;
// The bells are summed on a coarser grid than the screen's; the browser smooths it.
const GRAIN = 4;
const SHADES = 5;

export class Density {
  /** `layer` is the entry of the layer control; `sites` has the data. */
  constructor(map, layer, layers, sites) {
    this.map = map;
    this.layer = layer;
    this.layers = layers;
    this.sites = sites;
    this.canvas = el("canvas", { class: "density", "aria-hidden": "true" });
    this.shades = Array.from({ length: SHADES }, (_, n) => el("i", { class: `heat heat-${n + 1}` }));
    this.ends = [el("span", {}, "0"), el("span"), el("span")];
    this.scale = el(
      "div",
      { class: "heat-scale", hidden: true },
      el("p", {}, say("heat")),
      el("div", { class: "heats", dir: "ltr" }, this.shades),
      el("div", { class: "heat-ends", dir: "ltr" }, this.ends),
    );
    map.on("sitesdrawn overlayadd overlayremove", () => this.draw());
    const redraw = () => this.draw();
    new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  }

  get on() {
    return this.map.hasLayer(this.layer);
  }

  /** [x, y, number] of what is shown, in pixels from the upper left corner of the canvas. */
  points() {
    const shown = ROLES.filter((role) => this.map.hasLayer(this.layers[role]));
    const { spots, cells } = this.sites.data;
    const at = (lat, lon) => this.map.latLngToContainerPoint([lat, lon]).add([REACH, REACH]);
    return [
      ...spots.filter(({ role }) => shown.includes(role)).map(({ lat, lon, n }) => [at(lat, lon), n]),
      ...cells.map(({ lat, lon, roles }) => [at(lat, lon), shown.reduce((sum, role) => sum + (roles[role] ?? 0), 0)]),
    ].map(([{ x, y }, n]) => [x, y, n]);
  }

  draw() {
    this.scale.hidden = !this.on;
    if (!this.on) return;
    const size = this.map.getSize().add([2 * REACH, 2 * REACH]);
    const [width, height] = [Math.ceil(size.x / GRAIN), Math.ceil(size.y / GRAIN)];
    const heights = heap(this.points(), width, height);
    const top = heights.reduce((most, value) => Math.max(most, value), 0);
    this.paint(heights, top, width, height);
    this.label(top);
    const corner = (x, y) => this.map.containerPointToLatLng([x, y]);
    const bounds = L.latLngBounds(corner(-REACH, -REACH), corner(width * GRAIN - REACH, height * GRAIN - REACH));
    if (this.overlay) this.overlay.setBounds(bounds);
    // Takes whatever element it is given, and moves it as the map zooms.
    else this.overlay = new L.SVGOverlay(this.canvas, bounds, { pane: "density" });
    this.layer.addLayer(this.overlay);
  }

  paint(heights, top, width, height) {
    Object.assign(this.canvas, { width, height });
    const colours = this.shades.map(colourOf);
    const context = this.canvas.getContext("2d");
    const image = context.createImageData(width, height);
    heights.forEach((value, index) => {
      // By the root, or a few crowded places would leave the rest of the country blank.
      const share = top ? Math.sqrt(value / top) : 0;
      const at = share * (SHADES - 1);
      const low = Math.min(SHADES - 2, Math.floor(at));
      for (let c = 0; c < 3; c++) {
        image.data[4 * index + c] = colours[low][c] + (at - low) * (colours[low + 1][c] - colours[low][c]);
      }
      image.data[4 * index + 3] = 215 * Math.min(1, Math.max(0, (share - 0.06) * 4));
    });
    context.putImageData(image, 0, 0);
  }

  label(top) {
    const pixels = (1000 / metresPerPixel(this.map)) ** 2;
    const most = top * pixels;
    this.ends[1].textContent = figure(most / 4);
    this.ends[2].textContent = figure(most);
    this.scale.setAttribute("role", "img");
    this.scale.setAttribute("aria-label", say("heat_scale", { most: figure(most) }));
  }
}

/** Sites a square pixel at every point of the grid. */
function heap(points, width, height) {
  const heights = new Float32Array(width * height);
  const reach = REACH / GRAIN;
  const sigma = SIGMA / GRAIN;
  for (const [x, y, number] of points) {
    const [column, row] = [x / GRAIN, y / GRAIN];
    const peak = number / (2 * Math.PI * SIGMA ** 2);
    for (let r = Math.max(0, Math.ceil(row - reach)); r < Math.min(height, row + reach); r++) {
      for (let c = Math.max(0, Math.ceil(column - reach)); c < Math.min(width, column + reach); c++) {
        heights[r * width + c] += peak * Math.exp(-((r - row) ** 2 + (c - column) ** 2) / (2 * sigma ** 2));
      }
    }
  }
  return heights;
}

/** The colour that the style sheet gives an element, as [red, green, blue]. */
function colourOf(element) {
  return getComputedStyle(element).backgroundColor.match(/[\d.]+/g).slice(0, 3).map(Number);
}

/** Two figures are as exact as a density deserves. */
function figure(value) {
  return value >= 100 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2)));
}
