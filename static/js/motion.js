/* Movement, and its absence for those who asked their system for calm. */

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export function isCalm() {
  return calm.matches;
}

export function onCalm(listener) {
  calm.addEventListener("change", listener);
}

/** Fly to a point, or be there. */
export function fly(map, centre, zoom) {
  if (isCalm()) map.setView(centre, zoom, { animate: false });
  else map.flyTo(centre, zoom, { duration: 0.5 });
}

/** Fly to where `bounds` fill most of the map. */
export function fitInto(map, bounds) {
  const zoom = Math.min(16, map.getBoundsZoom(bounds.pad(0.25)));
  fly(map, bounds.getCenter(), zoom);
}
