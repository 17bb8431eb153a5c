/* What Escape ends: the latest thing that was begun, one at a time. An open menu comes first; it
   closes by itself (see page.js). */

const begun = [];

/** From now on Escape calls `end`; the result takes that back. */
export function onEscape(end) {
  begun.push(end);
  return () => {
    const index = begun.indexOf(end);
    if (index >= 0) begun.splice(index, 1);
  };
}

// Leaflet hears Escape only while the map itself has the focus.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !begun.length) return;
  if (document.querySelector("details.menu[open]")) return;
  begun.at(-1)();
});
