/* The signs of the map. Every role has its own shape, so that colour is never the only hint:
   impact a disc, launch a triangle, interception a diamond, declared target a cross-haired ring.
   Their outlines live in img/icons.svg, which the pages' own legends use as well. */

import { sheet, svg } from "./dom.js";

export const ROLES = ["impact", "intercept", "launch", "target"];

/** The sign of a role; with more than one incident the sign carries their number. */
export function sign(role, number = 1) {
  const solid = number > 1 && (role === "impact" || role === "target");
  const drawing = svg(
    "svg",
    { viewBox: "0 0 32 32", class: `sign sign-${role}`, "aria-hidden": "true" },
    svg("use", { href: `${sheet()}#${role}${solid ? "-many" : ""}` }),
  );
  if (number > 1) {
    drawing.append(svg("text", { x: 16, y: role === "launch" ? 24 : 20.5 }, short(number)));
  }
  return drawing;
}

/** A ring of many sites: its arcs show how many of them are launches, impacts … */
export function ring(roles, number) {
  const radius = 15.5;
  const round = 2 * Math.PI * radius;
  const arcs = [];
  let turned = 0;
  for (const role of ROLES) {
    const share = (roles[role] ?? 0) / number;
    if (!share) continue;
    arcs.push(
      svg("circle", {
        cx: 20,
        cy: 20,
        r: radius,
        class: `arc arc-${role}`,
        "stroke-dasharray": `${share * round} ${round}`,
        "stroke-dashoffset": -turned * round,
        transform: "rotate(-90 20 20)",
      }),
    );
    turned += share;
  }
  return svg(
    "svg",
    { viewBox: "0 0 40 40", class: "ring", "aria-hidden": "true" },
    svg("circle", { cx: 20, cy: 20, r: 18.5, class: "ring-ground" }),
    arcs,
    svg("text", { x: 20, y: 24 }, short(number)),
  );
}

/** 950, 1.2k, 39k, 1.1M: always four characters or fewer. */
export function short(number) {
  for (const [unit, sign] of [
    [1e6, "M"],
    [1e3, "k"],
  ]) {
    if (number >= unit) {
      const value = number / unit;
      return `${value < 10 ? Math.floor(value * 10) / 10 : Math.floor(value)}${sign}`;
    }
  }
  return String(number);
}
