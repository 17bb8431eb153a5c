/* The state of the desk is its address: the filter in the query, the view after "#".

   #12/33.3152/44.3661/BGD-2020-11-17-01  →  zoom, latitude, longitude, chosen incident */

const listeners = new Set();

export function filter() {
  return new URLSearchParams(location.search);
}

export function view() {
  const [zoom, lat, lon, incident] = location.hash.slice(1).split("/");
  const numbers = [zoom, lat, lon].map(Number);
  return {
    zoom: numbers[0],
    lat: numbers[1],
    lon: numbers[2],
    placed: Boolean(zoom && lat && lon) && numbers.every(Number.isFinite),
    incident: incident ? decodeURIComponent(incident) : "",
  };
}

/** Go to another filter: a step that "back" undoes. */
export function setFilter(params) {
  const query = params.toString();
  if (query === filter().toString()) return;
  history.pushState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  announce();
}

/** Remember where the map looks; no step of its own in the history. */
export function setView({ zoom, lat, lon, incident }) {
  const place = `#${zoom}/${lat.toFixed(4)}/${lon.toFixed(4)}`;
  const hash = incident ? `${place}/${encodeURIComponent(incident)}` : place;
  if (hash !== location.hash) {
    history.replaceState(null, "", location.pathname + location.search + hash);
  }
}

export function onFilter(listener) {
  listeners.add(listener);
}

function announce() {
  for (const listener of listeners) listener(filter());
}

window.addEventListener("popstate", announce);
