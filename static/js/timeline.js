/* Incidents over time, with a brush that sets the dates of the filter. Time runs from left to right
   in both languages, as charts in the Arabic press do. */

import { el, svg } from "./dom.js";
import { grouped, say } from "./strings.js";

const DAY = 86400000;
const AXIS = 20;

/** Units of time as whole numbers, so that bars, brush and dates are one sum. */
const UNITS = {
  day: {
    index: (iso) => Math.round(Date.parse(`${iso}T00:00Z`) / DAY),
    first: (index) => new Date(index * DAY).toISOString().slice(0, 10),
  },
  month: {
    index: (iso) => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1,
    first: (index) => `${pad(Math.floor(index / 12), 4)}-${pad((index % 12) + 1, 2)}-01`,
  },
  year: {
    index: (iso) => Number(iso.slice(0, 4)),
    first: (index) => `${pad(index, 4)}-01-01`,
  },
};

function pad(number, length) {
  return String(number).padStart(length, "0");
}

export class Timeline {
  /** `choose(from, to)` receives ISO dates, "" for an open end; `again()` asks the server anew. */
  constructor(root, choose, again) {
    this.root = root;
    this.plot = root.querySelector(".timeline-plot");
    this.note = root.querySelector(".timeline-note");
    this.window = root.querySelector(".timeline-window bdi");
    this.choose = choose;
    this.handles = ["from", "to"].map((edge) => this.handle(edge));
    this.bars = [];
    [this.from, this.to] = ["", ""];
    this.nearButton = this.closer(again);
    root.querySelector(".timeline-head").append(this.nearButton);
    this.plot.append(...this.handles);
    new ResizeObserver(() => this.draw()).observe(this.plot);
    this.plot.addEventListener("pointerdown", (event) => this.sweep(event));
  }

  /** `histogram` as the server sends it; `from` and `to` are the filter's dates or "". */
  show(histogram, from, to) {
    [this.from, this.to] = [from, to];
    this.nearButton.hidden = !(from && to);
    this.unit = UNITS[histogram.unit];
    this.unitName = histogram.unit;
    this.bars = histogram.bars.map(([iso, number]) => [this.unit.index(iso), number]);
    this.range = null;
    this.near = Boolean(histogram.span);
    const known = [...this.bars.map(([index]) => index), ...(histogram.span ?? []).map(this.unit.index)];
    if (this.bars.length) {
      this.first = Math.min(...known);
      this.last = Math.max(...known);
      if (from || to) {
        const clamp = (index) => Math.min(this.last, Math.max(this.first, index));
        this.range = [
          clamp(from ? this.unit.index(from) : this.first),
          clamp(to ? this.unit.index(to) : this.last),
        ];
      }
    }
    this.note.textContent = [
      say(`per_${histogram.unit}`),
      histogram.vague ? say("vague", { number: grouped(histogram.vague) }) : "",
    ].filter(Boolean).join(" · ");
    this.draw();
  }

  /** Whether only the time around the period is asked for; a period has two ends. */
  get nearby() {
    return this.nearButton.getAttribute("aria-pressed") === "true";
  }

  closer(again) {
    const button = el("button", { type: "button", class: "near-button", "aria-pressed": "false", hidden: true }, say("near"));
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!this.nearby));
      again();
    });
    return button;
  }

  draw() {
    const width = this.plot.clientWidth;
    const height = this.plot.clientHeight;
    for (const handle of this.handles) handle.hidden = !this.bars.length;
    // The handles stay where they are in the page: one of them may have the focus.
    this.plot.querySelector("svg")?.remove();
    if (!width || !this.bars.length) return;
    const units = this.last - this.first + 1;
    this.step = width / units;
    const top = Math.max(...this.bars.map(([, number]) => number));
    const floor = height - AXIS;
    const drawing = svg("svg", {
      role: "img",
      viewBox: `0 0 ${width} ${height}`,
      "aria-label": say("timeline_label", {
        from: this.unit.first(this.first),
        to: this.unit.first(this.last),
        most: grouped(top),
      }),
    });
    const [low, high] = this.range ?? [this.first, this.last];
    this.window.textContent = this.said();
    if (this.range) {
      drawing.append(svg("rect", { class: "brush", x: this.left(low), y: 0.5, width: (high - low + 1) * this.step, height: floor }));
    }
    const gap = this.step > 4 ? 1 : 0;
    for (const [index, number] of this.bars) {
      const tall = Math.max(2, (number / top) * (floor - 4));
      const within = index >= low && index <= high;
      drawing.append(
        svg("rect", {
          class: within ? "bar within" : "bar",
          x: this.left(index) + gap / 2,
          y: floor - tall,
          width: Math.max(1, this.step - gap),
          height: tall,
        }),
      );
      if (this.step >= 4) {
        drawing.append(
          svg(
            "rect",
            { class: "bar-hit", x: this.left(index), y: 0, width: this.step, height: floor },
            svg("title", {}, `${this.name(index)}: ${grouped(number)}`),
          ),
        );
      }
    }
    drawing.append(svg("path", { class: "axis", d: `M0 ${floor + 0.5}H${width}` }), ...this.ticks(width, floor));
    this.plot.prepend(drawing);
    this.place(low, high);
  }

  name(index) {
    const iso = this.unit.first(index);
    return { day: iso, month: iso.slice(0, 7), year: iso.slice(0, 4) }[this.unitName];
  }

  /** The chosen window in words, "2019-03 – 2019-06" or to the day; "" for all of the time. */
  said() {
    if (!this.range) return "";
    const [from, to] = this.edges(this.range);
    const whole = (!this.from || this.from === from) && (!this.to || this.to === to);
    const [low, high] = whole ? this.range.map((index) => this.name(index)) : [this.from || from, this.to || to];
    return low === high ? low : `${low} – ${high}`;
  }

  ticks(width, floor) {
    // As many labels as there is room for, at round units: every 1, 2, 5 … or every year of months.
    const label = this.unitName === "day" ? 74 : this.unitName === "month" ? 40 : 34;
    const most = Math.max(1, Math.floor(width / label));
    const units = this.last - this.first + 1;
    const strides = this.unitName === "month" ? [12, 24, 60, 120] : this.unitName === "year" ? [1, 2, 5, 10, 20] : [1, 2, 7, 14, 28];
    const stride = strides.find((s) => units / s <= most) ?? strides.at(-1);
    const found = [];
    for (let index = Math.ceil(this.first / stride) * stride; index <= this.last; index += stride) {
      const x = this.left(index) + (this.unitName === "month" ? 0 : this.step / 2);
      const text = this.unitName === "month" ? this.name(index).slice(0, 4) : this.name(index);
      found.push(svg("path", { class: "axis", d: `M${x} ${floor}v4` }));
      // A label that would be cut off at an edge is left out.
      if (x >= label / 2 && x <= width - label / 2) {
        found.push(svg("text", { class: "tick-label", x, y: floor + 15 }, text));
      }
    }
    return found;
  }

  left(index) {
    return (index - this.first) * this.step;
  }

  unitAt(event) {
    const x = event.clientX - this.plot.getBoundingClientRect().left;
    return Math.min(this.last, Math.max(this.first, this.first + Math.floor(x / this.step)));
  }

  /** Press, drag, release: the units in between become the range; a click is one unit. */
  sweep(event) {
    if (event.button || !this.bars.length || event.target.closest(".handle")) return;
    const start = this.unitAt(event);
    this.track(event, (move) => {
      const end = this.unitAt(move);
      this.move([Math.min(start, end), Math.max(start, end)], "from", "to");
    });
  }

  track(event, move) {
    event.preventDefault();
    const done = (moved) => {
      this.plot.removeEventListener("pointermove", move);
      this.plot.removeEventListener("pointerup", done);
      this.plot.removeEventListener("pointercancel", done);
      move(moved);
      this.commit();
    };
    this.plot.setPointerCapture(event.pointerId);
    this.plot.addEventListener("pointermove", move);
    this.plot.addEventListener("pointerup", done);
    this.plot.addEventListener("pointercancel", done);
  }

  handle(edge) {
    const handle = el("button", { type: "button", class: `handle handle-${edge}`, role: "slider", "aria-label": say(`range_${edge}`), hidden: true });
    handle.addEventListener("pointerdown", (event) => {
      event.stopPropagation();
      handle.focus();
      this.track(event, (move) => this.move(this.moved(edge, this.unitAt(move)), edge));
    });
    handle.addEventListener("keydown", (event) => {
      const stride = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 12, PageDown: -12 }[event.key];
      const end = { Home: this.first, End: this.last }[event.key];
      if (stride === undefined && end === undefined) return;
      event.preventDefault();
      const [low, high] = this.range ?? [this.first, this.last];
      this.move(this.moved(edge, end ?? (edge === "from" ? low : high) + stride), edge);
      clearTimeout(this.pending);
      this.pending = setTimeout(() => this.commit(), 350);
    });
    return handle;
  }

  /** Show another range. An edge that did not move keeps its date, which may be inside a unit. */
  move(range, ...edges) {
    this.range = range;
    const [from, to] = this.dates(range);
    if (edges.includes("from")) this.from = from;
    if (edges.includes("to")) this.to = to;
    this.draw();
  }

  /** The range with one edge moved; edges may meet and never cross. */
  moved(edge, index) {
    const [low, high] = this.range ?? [this.first, this.last];
    const at = Math.min(this.last, Math.max(this.first, index));
    return edge === "from" ? [Math.min(at, high), high] : [low, Math.max(at, low)];
  }

  place(low, high) {
    const [from, to] = this.handles;
    for (const [handle, index, x] of [
      [from, low, this.left(low)],
      [to, high, this.left(high + 1)],
    ]) {
      handle.style.left = `${x}px`;
      handle.setAttribute("aria-valuemin", String(this.first));
      handle.setAttribute("aria-valuemax", String(this.last));
      handle.setAttribute("aria-valuenow", String(index));
      handle.setAttribute("aria-valuetext", this.name(index));
    }
  }

  commit() {
    this.choose(this.from, this.to);
  }

  /** First and last day of a range. */
  edges([low, high]) {
    const lastDay = new Date(Date.parse(`${this.unit.first(high + 1)}T00:00Z`) - DAY);
    return [this.unit.first(low), lastDay.toISOString().slice(0, 10)];
  }

  /** The same; "" at the ends of all the time that there is. */
  dates([low, high]) {
    const [from, to] = this.edges([low, high]);
    return [low === this.first && !this.near ? "" : from, high === this.last && !this.near ? "" : to];
  }
}
