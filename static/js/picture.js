/* The current view as one drawing that stands for itself in a report: the map as it is on the
   screen, what was filtered, the counts, the legend, the scale, whom to credit. An SVG, or a PNG
   painted from it. Tiles of a server stay out: no browser gives away a picture that holds them. */

import { drawBackdrop } from "./backdrop.js";
import { el, isolated, rtl, sheet, svg } from "./dom.js";
import { say } from "./strings.js";
import { counts, filterInWords, today } from "./words.js";

const MARGIN = 16;
// Pixels of the PNG to one of the screen.
const SHARP = 2;
// Room for a letter that is watched, and how often at most.
const PROBE = 32;
const TURNS = 60;
const SCRIPTS = { ش: /[\u0600-\u06ff]/, W: /[!-~]/, ā: /[\u0100-\u02af\u1e00-\u1eff]/ };
// From the ground upwards; each holds shapes, then names, then signs.
const PANES = ["ground", "density", "names", "uncertainty", "trajectories", "marker", "tools"];
const FAMILY = '"IBM Plex Sans", "IBM Plex Sans Arabic", "Noto Sans Arabic", sans-serif';
// What a shape must carry itself, once it leaves the style sheet behind, and what goes without saying.
const LOOKS = {
  "fill-opacity": "1",
  "fill-rule": "nonzero",
  "stroke-opacity": "1",
  "stroke-dasharray": "none",
  "stroke-dashoffset": "0px",
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "paint-order": "normal",
  opacity: "1",
};

/** Make a "png" or "svg" of the map and hand it to the browser to save. */
export async function savePicture(kind, map, paths) {
  const drawing = await draw(map, paths);
  const file = kind === "svg" ? new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" }) : await paint(drawing);
  const link = el("a", { href: URL.createObjectURL(file), download: `athar-${today()}.${kind}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The drawing as a PNG. A browser opens a drawing before the faces packed into it are ready, and
    tells nobody when they are: so letters below the lower edge are watched until they appear. */
async function paint(drawing) {
  const [width, height] = ["width", "height"].map((side) => Number(drawing.getAttribute(side)));
  const strip = svg("g", { transform: `translate(0 ${height})` }, probes(drawing.querySelectorAll("text")));
  const watched = drawing.cloneNode(true);
  watched.append(svg("rect", { y: height, width, height: PROBE, fill: "#fff" }), strip);
  watched.setAttribute("height", height + PROBE);
  watched.setAttribute("viewBox", `0 0 ${width} ${height + PROBE}`);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(watched))}`;
  await image.decode();
  const canvas = el("canvas", { width: width * SHARP, height: height * SHARP });
  const pen = canvas.getContext("2d");
  for (let turn = 0; turn < TURNS && !shows(image, strip.childElementCount, width, height); turn++) {
    await new Promise((done) => setTimeout(done, 50));
  }
  pen.drawImage(image, 0, 0, canvas.width, (height + PROBE) * SHARP);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error(`${canvas.width} × ${canvas.height}`))), "image/png");
  });
}

/** A letter of each script in each weight that the drawing uses, PROBE pixels apart. */
function probes(texts) {
  const kinds = new Set();
  for (const text of texts) {
    const weight = text.getAttribute("font-weight") > 500 ? 600 : 400;
    for (const [letter, script] of Object.entries(SCRIPTS)) if (script.test(text.textContent)) kinds.add(`${weight}${letter}`);
  }
  return [...kinds].map((kind, index) => svg("text", { x: index * PROBE + 4, y: PROBE - 8, "font-size": PROBE / 2, "font-weight": kind.slice(0, 3) }, kind.slice(3)));
}

/** Are all of the `number` letters below the edge to be seen? */
function shows(image, number, width, height) {
  const canvas = el("canvas", { width, height: PROBE });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(image, 0, -height, width, height + PROBE);
  return Array.from({ length: number }).every((_, index) => pen.getImageData(index * PROBE, 0, PROBE, PROBE).data.some((value) => value < 128));
}

async function draw(map, paths) {
  const symbols = await ask(sheet());
  const ground = map.getPane("ground");
  if (paths.tiles && !ground.childElementCount) {
    // Under the tiles nobody misses it, and the picture cannot do without.
    for (const name of ["ground", "names"]) map.getPane(name).style.visibility = "hidden";
    await drawBackdrop(map, paths.backdrop, () => []);
    await new Promise(requestAnimationFrame);
  }
  const { x: width, y: height } = map.getSize();
  const head = new Block(width);
  head.text(`${say("brand")} · ${document.querySelector("h1").textContent}`, { size: 17, weight: 600 });
  head.text(filterInWords(), { size: 13 });
  head.text(counts(), { size: 13 });
  const foot = new Block(width);
  foot.row(legend(map, symbols), scale(map));
  foot.text([...document.querySelectorAll(".credits bdi")].map((credit) => credit.textContent).join(" · "), { size: 10.5, direction: "ltr" });
  foot.text(`${isolated(say("brand"))} · ${today()} · ${decodeURI(location.href)}`, { size: 10.5, direction: "ltr" });
  const whole = head.height + height + foot.height;
  const drawing = svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height: whole, viewBox: `0 0 ${width} ${whole}`, "font-family": FAMILY },
    svg("title", {}, `${say("brand")}: ${filterInWords()}`),
    svg("rect", { width, height: whole, fill: colour("--surface") }),
    head.at(0),
    svg("svg", { y: head.height, width, height, viewBox: `0 0 ${width} ${height}`, overflow: "hidden" }, svg("rect", { width, height, fill: colour("--land") }), theMap(map, symbols)),
    foot.at(head.height + height),
  );
  drawing.prepend(svg("defs", {}, svg("style", {}, await fontFaces(drawing.textContent))));
  return drawing;
}

/** Another file of the site, as a document. */
async function ask(path) {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  return new DOMParser().parseFromString(await response.text(), "image/svg+xml");
}

// ---- text above and below the map ----

/** Lines of text that wrap at the width of the picture. */
class Block {
  constructor(width) {
    this.width = width;
    this.used = MARGIN / 2;
    this.parts = [];
    this.pen = el("canvas").getContext("2d");
  }

  text(text, { size, weight = 400, direction = rtl ? "rtl" : "ltr" }) {
    this.pen.font = `${weight} ${size}px ${FAMILY}`;
    for (const line of this.wrapped(text)) {
      this.used += size * 1.5;
      const x = direction === "rtl" ? this.width - MARGIN : MARGIN;
      this.parts.push(svg("text", { x, y: this.used - size * 0.4, direction, fill: colour("--ink"), "font-size": size, "font-weight": weight }, line));
    }
  }

  wrapped(text) {
    const room = this.width - 2 * MARGIN;
    const lines = [""];
    for (const word of text.split(" ")) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (this.pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean);
  }

  /** Things of a known width beside each other, in the direction of reading; `last` at the far end. */
  row(things, last) {
    let used = MARGIN;
    let y = this.used + 14;
    for (const { width, node } of [...things, last]) {
      if (used + width > this.width - MARGIN) {
        used = MARGIN;
        y += 24;
      }
      node.setAttribute("transform", `translate(${rtl ? this.width - used - width : used} ${y})`);
      this.parts.push(node);
      used += width + 20;
    }
    this.used = y + 16;
  }

  get height() {
    return this.used + MARGIN / 2;
  }

  at(y) {
    return svg("g", { transform: `translate(0 ${y})` }, this.parts);
  }
}

/** The entries of the legend that are switched on: {width, node}, the node drawn around y = 0. */
function legend(map, symbols) {
  const pen = el("canvas").getContext("2d");
  pen.font = `400 12px ${FAMILY}`;
  const entries = [...map.getContainer().querySelectorAll(".leaflet-control-layers label:has(:checked), .legend-note:not([hidden])")];
  return entries.map((entry) => {
    const key = entry.querySelector(".sign, .ring, .key");
    const text = entry.lastElementChild.textContent.trim();
    const words = pen.measureText(text).width;
    const heats = key.matches(".key-density") ? heatScale() : null;
    const width = 22 + words + (heats ? heats.width : 0);
    const at = (x) => (rtl ? width - x : x);
    const mark = key.matches(".key") ? keyMark(key, at(8)) : plainSign(key, symbols, at(8) - 9, -9, 18);
    return {
      width,
      node: svg("g", {}, mark, svg("text", { x: at(22), y: 4, direction: rtl ? "rtl" : "ltr", "font-size": 12, fill: colour("--ink") }, text), heats ? heats.node(rtl ? 0 : 22 + words + 8) : null),
    };
  });
}

function keyMark(key, x) {
  if (key.matches(".key-warns")) return svg("path", { d: `M${x - 8} 0h16`, stroke: colour("--danger"), "stroke-width": 2, "stroke-dasharray": "7 2" });
  if (key.matches(".key-trajectories")) return svg("path", { d: `M${x - 8} 0h16`, stroke: colour("--ink"), "stroke-width": 2, "stroke-dasharray": "2 2" });
  if (key.matches(".key-uncertainty")) return svg("circle", { cx: x, r: 7, fill: "none", stroke: colour("--ink-2"), "stroke-width": 1.5, "stroke-dasharray": "3 2" });
  return svg("rect", { x: x - 8, y: -6, width: 16, height: 12, fill: shades()[2] });
}

function shades() {
  return [...document.querySelectorAll(".heat")].map((heat) => getComputedStyle(heat).backgroundColor);
}

/** The ramp of the density with its figures. */
function heatScale() {
  const [low, , high] = [...document.querySelectorAll(".heat-ends span")].map((end) => end.textContent);
  const text = (x, anchor, words) => svg("text", { x, y: 4, "text-anchor": anchor, "font-size": 11, fill: colour("--ink-2") }, words);
  return {
    width: 150,
    node: (x) =>
      svg(
        "g",
        { transform: `translate(${x} 0)` },
        svg("defs", {}, svg("linearGradient", { id: "heats" }, shades().map((shade, n, all) => svg("stop", { offset: n / (all.length - 1), "stop-color": shade })))),
        text(0, "start", low),
        svg("rect", { x: 12, y: -6, width: 80, height: 12, fill: "url(#heats)" }),
        text(98, "start", isolated(say("heat_unit", { number: high }))),
      ),
  };
}

function scale(map) {
  const line = map.getContainer().querySelector(".leaflet-control-scale-line");
  const width = line.offsetWidth;
  return {
    width,
    node: svg(
      "g",
      {},
      svg("path", { d: `M0 -1v5h${width}v-5`, fill: "none", stroke: colour("--ink-2"), "stroke-width": 1.5 }),
      svg("text", { x: width / 2, y: -3, "text-anchor": "middle", "font-size": 11, fill: colour("--ink") }, line.textContent),
    ),
  };
}

// ---- the map itself ----

function theMap(map, symbols) {
  const { left, top } = map.getContainer().getBoundingClientRect();
  const place = (node) => {
    const box = node.getBoundingClientRect();
    return { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
  };
  const layers = svg("g");
  for (const name of PANES) {
    const pane = map.getPane(`${name}Pane`) ?? map.getPane(name);
    // Shapes are drawn in the coordinates of the pane, which moves under the map's frame.
    const moved = map.layerPointToContainerPoint([0, 0]);
    const shapes = [...pane.querySelectorAll("path:not(.flight-target)")].filter((path) => path.getAttribute("d") !== "M0 0");
    layers.append(svg("g", { transform: `translate(${moved.x} ${moved.y})` }, shapes.map((path) => plain(path, symbols))));
    for (const canvas of pane.querySelectorAll("canvas")) {
      layers.append(svg("image", { href: canvas.toDataURL(), ...place(canvas), preserveAspectRatio: "none" }));
    }
    for (const span of pane.querySelectorAll(".name span")) layers.append(named(span, place(span)));
    const signs = [...pane.querySelectorAll(".spot > svg, .cell > svg")];
    signs.sort((one, other) => one.parentElement.style.zIndex - other.parentElement.style.zIndex);
    for (const drawn of signs) {
      const { x, y, width } = place(drawn);
      layers.append(plainSign(drawn, symbols, x, y, width));
    }
  }
  return layers;
}

/** A name of the map, with its halo. */
function named(span, { x, y, width, height }) {
  const style = getComputedStyle(span);
  const text = style.textTransform === "uppercase" ? span.textContent.toUpperCase() : span.textContent;
  return svg(
    "text",
    {
      x: x + width / 2,
      y: y + height / 2 + parseFloat(style.fontSize) * 0.35,
      "text-anchor": "middle",
      direction: style.direction,
      "font-size": parseFloat(style.fontSize),
      "font-weight": style.fontWeight,
      "font-style": style.fontStyle,
      "letter-spacing": style.letterSpacing === "normal" ? null : parseFloat(style.letterSpacing),
      fill: solid(style.color).colour,
      stroke: colour("--land"),
      "stroke-width": 3,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
    },
    text,
  );
}

/** A sign of the map or of the legend, `size` wide. */
function plainSign(drawn, symbols, x, y, size) {
  const copy = plain(drawn, symbols);
  for (const [side, value] of Object.entries({ x, y, width: size, height: size, overflow: "visible" })) copy.setAttribute(side, value);
  return copy;
}

/** A copy of a drawing that needs neither the style sheet nor the sheet of icons. */
function plain(node, symbols) {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.data);
  if (node.localName === "use") {
    const symbol = symbols.getElementById(node.getAttribute("href").split("#")[1]);
    return svg("g", {}, [...symbol.children].map((child) => document.importNode(child, true)));
  }
  const copy = node.cloneNode(false);
  for (const name of ["class", "style", "role", "tabindex", "aria-label", "aria-hidden", "data-line"]) copy.removeAttribute(name);
  const style = getComputedStyle(node);
  for (const [name, usual] of Object.entries(LOOKS)) {
    const value = style.getPropertyValue(name);
    // Leaflet writes attributes of its own, which the style sheet outdoes.
    if (value === usual) copy.removeAttribute(name);
    else copy.setAttribute(name, value.replaceAll("px", ""));
  }
  copy.setAttribute("stroke-width", parseFloat(style.strokeWidth));
  for (const kind of ["fill", "stroke"]) {
    const { colour: ink, opacity } = solid(style[kind]);
    copy.setAttribute(kind, ink);
    if (opacity < 1) copy.setAttribute(`${kind}-opacity`, opacity * style.getPropertyValue(`${kind}-opacity`));
  }
  if (node.localName === "text") {
    for (const [name, value] of Object.entries({ "font-size": parseFloat(style.fontSize), "font-weight": style.fontWeight, "text-anchor": style.textAnchor })) {
      copy.setAttribute(name, value);
    }
  }
  copy.append(...[...node.childNodes].map((child) => plain(child, symbols)));
  return copy;
}

// ---- colours and type ----

/** A colour of the style sheet as every program reads it: {colour: "rgb(1, 2, 3)", opacity}. */
function solid(value) {
  const numbers = value.match(/[\d.]+/g);
  if (!value.startsWith("rgb") || !numbers) return { colour: value, opacity: 1 };
  return { colour: `rgb(${numbers.slice(0, 3).join(", ")})`, opacity: numbers.length > 3 ? Number(numbers[3]) : 1 };
}

/** The colour that a variable of the style sheet stands for in the present theme. */
function colour(name) {
  const probe = el("i", { hidden: true });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { colour: found } = solid(getComputedStyle(probe).color);
  probe.remove();
  return found;
}

/** The faces that `text` needs, packed into the drawing, so that it looks alike everywhere. */
async function fontFaces(text) {
  const rules = [...document.styleSheets].flatMap((styles) => [...styles.cssRules]).filter((rule) => rule instanceof CSSFontFaceRule);
  const wanted = rules.filter(({ style }) => {
    const ranges = style.getPropertyValue("unicode-range").split(",");
    return style.getPropertyValue("font-family").includes("Sans") && ranges.some((range) => holds(text, range.trim()));
  });
  const faces = await Promise.all(
    wanted.map(async ({ style, parentStyleSheet }) => {
      const [, path] = style.getPropertyValue("src").match(/url\("([^"]+)"\)/);
      const file = await fetch(new URL(path, parentStyleSheet.href));
      if (!file.ok) throw new Error(`${file.status} ${path}`);
      const data = await dataUrl(await file.blob());
      const [family, weight, range] = ["font-family", "font-weight", "unicode-range"].map((name) => style.getPropertyValue(name));
      return `@font-face{font-family:${family};font-weight:${weight};unicode-range:${range};src:url("${data}")}`;
    }),
  );
  return faces.join("\n");
}

/** Does `text` have a letter of a range such as U+0600-06FF? */
function holds(text, range) {
  const [first, last = first] = range.slice(2).split("-").map((code) => parseInt(code, 16));
  return [...text].some((letter) => letter.codePointAt(0) >= first && letter.codePointAt(0) <= last);
}

function dataUrl(blob) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}
