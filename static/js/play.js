/* Playing the time line: the brushed window moves from bar to bar, and everything follows. The
   next step waits for the answers to the last one, so that nothing is skipped on a slow machine. */

import { el, icon } from "./dom.js";
import { isCalm, onCalm } from "./motion.js";
import { grouped, say } from "./strings.js";

// Milliseconds between the answers to one step and the next step.
const PACES = { slow: 1600, normal: 700, fast: 150 };
// Without a brush the window is this part of the whole time.
const PARTS = 24;
// A screen reader is told of every step that begins so long after the last one it was told of.
const TOLD_AFTER = 4000;

export class Player {
  /** `go(range)` sets the window and resolves to the number of incidents in it, null for trouble. */
  constructor(root, timeline, go) {
    this.timeline = timeline;
    this.go = go;
    this.playing = false;
    this.spoken = el("p", { class: "visually-hidden", role: "status" });
    this.backButton = this.button("step_back", "step-back", () => this.step(-1));
    this.playButton = this.button("play", "play", () => this.toggle());
    this.onButton = this.button("step_on", "step-on", () => this.step(1));
    this.pace = el(
      "select",
      { class: "pace", "aria-label": say("pace"), title: say("pace") },
      Object.keys(PACES).map((key) => el("option", { value: key, selected: key === "normal" }, say(`pace_${key}`))),
    );
    root.querySelector(".timeline-head").append(
      // Time runs from left to right in both languages, and so do its buttons.
      el("div", { class: "player", dir: "ltr", role: "group", "aria-label": say("playing") }, this.backButton, this.playButton, this.onButton, this.pace),
      this.spoken,
    );
    timeline.plot.addEventListener("pointerdown", () => this.pause());
    document.addEventListener("keydown", (event) => this.key(event));
    this.calm();
    onCalm(() => this.calm());
  }

  button(key, name, act) {
    return el("button", { type: "button", class: "player-button", "aria-label": say(key), title: say(key), onclick: act }, icon(name));
  }

  /** Ready to move, or not while nothing is dated. */
  offer() {
    for (const button of [this.backButton, this.playButton, this.onButton]) button.disabled = !this.timeline.bars.length;
  }

  /** Where movement is not wanted, the window moves by single steps only. */
  calm() {
    this.playButton.hidden = this.pace.hidden = isCalm();
    if (isCalm()) this.pause();
  }

  /** Space plays and pauses, unless it means something where the focus is. */
  key(event) {
    if (event.key !== " " || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const { target } = event;
    const free = target === document.body || target.classList.contains("leaflet-container") || target.classList.contains("handle");
    if (!free || !this.timeline.bars.length) return;
    event.preventDefault();
    if (isCalm()) this.step(1);
    else this.toggle();
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  async play() {
    this.show(true);
    const { range, first, last } = this.timeline;
    // A window that has arrived at the end begins again.
    if (range && range[1] >= last) this.timeline.range = [first - 1, first - 1 + range[1] - range[0]];
    while (this.playing && (await this.move(1))) {
      await new Promise((done) => setTimeout(done, PACES[this.pace.value]));
    }
    this.pause();
  }

  pause() {
    if (!this.playing) return;
    this.show(false);
    this.tell();
  }

  async step(by) {
    this.pause();
    await this.move(by);
    this.tell();
  }

  show(playing) {
    this.playing = playing;
    const key = playing ? "pause" : "play";
    this.playButton.replaceChildren(icon(key));
    this.playButton.title = say(key);
    this.playButton.setAttribute("aria-label", say(key));
    // Counts that change twice a second would drown everything else that is read out.
    document.querySelector(".tally").setAttribute("aria-live", playing ? "off" : "polite");
    this.told = performance.now();
  }

  /** Move the window by a bar; false at the end of time and in trouble. */
  async move(by) {
    const { first, last, range, bars } = this.timeline;
    if (!bars.length) return false;
    const width = range ? range[1] - range[0] : Math.max(0, Math.round((last - first + 1) / PARTS) - 1);
    const low = range ? range[0] + by : by > 0 ? first : last - width;
    if (low < first || low + width > last) return false;
    this.count = await this.go([low, low + width]);
    if (this.playing && performance.now() - this.told > TOLD_AFTER) this.tell();
    return this.count !== null;
  }

  tell() {
    const said = this.timeline.said();
    if (!said || this.count === undefined || this.count === null) return;
    this.told = performance.now();
    this.spoken.textContent = say("window_count", { window: said, number: grouped(this.count) });
  }
}
