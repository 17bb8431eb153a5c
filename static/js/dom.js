/* Elements from text only: what an article says never becomes markup. */

const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** An HTML element; children are nodes or strings, and strings stay text. */
export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Where the icons are. */
export function sheet() {
  return document.body.dataset.icons;
}

/** A symbol of the icon sheet, for the eye only. */
export function icon(name, extra = "") {
  return svg(
    "svg",
    { class: `icon icon-${name} ${extra}`.trim(), "aria-hidden": "true" },
    svg("use", { href: `${sheet()}#${name}` }),
  );
}

/** Text in its own direction, for names, numbers and dates inside a sentence. */
export function bdi(text) {
  return el("bdi", {}, String(text));
}

/** The same where there is no element: between marks that isolate it. */
export function isolated(text) {
  return `\u2068${text}\u2069`;
}

export const rtl = document.documentElement.dir === "rtl";
