/* The desk on paper: what stands above the map, and the map as large as an A4 page allows. */

import { el } from "./dom.js";
import { say } from "./strings.js";
import { counts, filterInWords, today } from "./words.js";

// Pixels that a landscape A4 page leaves between its margins, for the map alone.
const PAPER = { width: 1040, height: 430 };

/** Make `bench` ready whenever it is printed. */
export function printable(bench, map) {
  const head = bench.querySelector(".print-head");
  window.addEventListener("beforeprint", () => {
    const { x, y } = map.getSize();
    // On a telephone the list may have taken its place.
    if (x && y) {
      const { style } = map.getContainer().parentElement;
      style.setProperty("--paper", String(Math.min(PAPER.width / x, PAPER.height / y)));
      style.inlineSize = `${x}px`;
      style.blockSize = `${y}px`;
    }
    head.replaceChildren(
      el("h2", {}, `${say("brand")} · ${document.querySelector("h1").textContent}`),
      el("p", {}, filterInWords()),
      el("p", {}, counts()),
      el("p", { class: "muted" }, el("bdi", {}, today()), " · ", el("bdi", {}, decodeURI(location.href))),
    );
  });
  window.addEventListener("afterprint", () => {
    const { style } = map.getContainer().parentElement;
    style.inlineSize = style.blockSize = "";
  });
}
