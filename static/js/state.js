/* The state of the desk is its address: the filter in the query, the view after "#".

   #12/33.3152/44.3661/BGD-2020-11-17-01/density,-launch
   → zoom, latitude, longitude, chosen incident, layers switched on and off */

const listeners = new Set();
const steppers = new Set();
let announced = filter().toString();

export function filter() {
  return new URLSearchParams(location.search);
}

export function view() {
  const [zoom, lat, lon, incident, layers] = location.hash.slice(1).split("/");
  const numbers = [zoom, lat, lon].map(Number);
  return {
    zoom: numbers[0],
    lat: numbers[1],
    lon: numbers[2],
    placed: Boolean(zoom && lat && lon) && numbers.every(Number.isFinite),
    incident: incident ? decodeURIComponent(incident) : "",
    layers: layers ? layers.split(",") : [],
  };
}

/** Go to another filter: a step that "back" undoes, unless it takes the place of the last one. */
export function setFilter(params, { replace = false } = {}) {
  const query = params.toString();
  if (query === filter().toString()) return;
  const address = `${location.pathname}${query ? `?${query}` : ""}${location.hash}`;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  announce();
}

/** Remember where the map looks; no step of its own in the history. */
export function setView({ zoom, lat, lon, incident, layers }) {
  const parts = [zoom, lat.toFixed(4), lon.toFixed(4), encodeURIComponent(incident), layers.join(",")];
  while (parts.at(-1) === "") parts.pop();
  const hash = `#${parts.join("/")}`;
  if (hash !== location.hash) {
    history.replaceState(null, "", location.pathname + location.search + hash);
  }
}

export function onFilter(listener) {
  listeners.add(listener);
}

/** `stepper(view, filtered)` is called when the reader goes back or forward, or writes another view
    into the address; `filtered` says whether the filter is another one, too. */
export function onStep(stepper) {
  steppers.add(stepper);
}

function announce() {
  announced = filter().toString();
  for (const listener of listeners) listener(filter());
}

window.addEventListener("popstate", () => {
  const seen = view();
  const filtered = filter().toString() !== announced;
  // A link to a part of the page, as past the navigation, is no view.
  if (!filtered && !seen.placed && location.hash) return;
  announced = filter().toString();
  for (const stepper of steppers) stepper(seen, filtered);
});
