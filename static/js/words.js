/* What the page shows, in words, for pictures and paper. */

import { say } from "./strings.js";

/** The filter: the texts of its chips. */
export function filterInWords() {
  const chips = [...document.querySelectorAll(".chips .chip bdi")].map((chip) => chip.textContent);
  return chips.join(" · ") || say("picture_all");
}

/** "Incidents: 66 · Killed: 467 (376–471) · …" */
export function counts() {
  return [...document.querySelectorAll(".tally > div")]
    .map((pair) => {
      const figure = pair.querySelector("dd");
      const spread = figure.querySelector("small")?.textContent;
      const best = (figure.firstElementChild ?? figure).textContent;
      return `${pair.querySelector("dt").textContent}: ${best}${spread ? ` (${spread})` : ""}`;
    })
    .join(" · ");
}

/** The day of the picture, as ISO writes it. */
export function today() {
  return new Date().toISOString().slice(0, 10);
}
