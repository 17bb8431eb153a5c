// The review of an article: a tip says what was read under the pointer or the focus, and a row of
// the statements lights up its words. Text only ever becomes text nodes.

const body = document.querySelector(".report-body");
if (body) {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.append(tip);

  const show = (mark) => {
    const lines = mark.dataset.read.split("\n").filter(Boolean);
    if (!lines.length) return;
    tip.replaceChildren(
      ...lines.map((line) => {
        const row = document.createElement("div");
        row.dir = "auto";
        row.textContent = line;
        return row;
      }),
    );
    tip.hidden = false;
    const words = mark.getClientRects()[0];
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    const left = Math.max(8, Math.min(words.left, room));
    const below = words.bottom + 6;
    const fits = below + tip.offsetHeight < window.innerHeight;
    tip.style.left = `${left + window.scrollX}px`;
    tip.style.top = `${(fits ? below : words.top - tip.offsetHeight - 6) + window.scrollY}px`;
  };
  const hide = () => {
    tip.hidden = true;
  };
  const markOf = (event) => event.target.closest?.("mark.read[data-read]");

  for (const [come, go] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    body.addEventListener(come, (event) => {
      const mark = markOf(event);
      if (mark) show(mark);
    });
    body.addEventListener(go, hide);
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  const light = (anchor, on) => {
    for (const mark of body.querySelectorAll("mark.read")) {
      if (mark.dataset.anchors.split(" ").includes(anchor)) mark.classList.toggle("lit", on);
    }
  };
  for (const row of document.querySelectorAll("tr[data-anchor]")) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      row.addEventListener(name, () => light(row.dataset.anchor, on));
    }
  }

  // A link to a statement lights its words until another is followed.
  const follow = () => {
    for (const mark of body.querySelectorAll(".target")) mark.classList.remove("target");
    const anchor = location.hash.slice(1);
    if (!anchor) return;
    for (const mark of body.querySelectorAll("mark.read")) {
      if (mark.dataset.anchors.split(" ").includes(anchor)) mark.classList.add("target");
    }
  };
  addEventListener("hashchange", follow);
  follow();
}
