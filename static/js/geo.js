/* Measures on the ground, and how they are said. */

import { say } from "./strings.js";

// The ellipsoid of WGS 84.
const A = 6378137;
const F = 1 / 298.257223563;
const B = A * (1 - F);

const radians = (degrees) => (degrees * Math.PI) / 180;

/** The geodesic between two [latitude, longitude]: {metres, bearing}, the latter in degrees from
    north at the start. Vincenty's inverse solution: a millimetre off at most, except between
    points at opposite ends of the earth, where it does not settle. */
export function geodesic([lat1, lon1], [lat2, lon2]) {
  const across = radians(lon2 - lon1);
  const u1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
  const u2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
  const [sin1, cos1, sin2, cos2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  let lambda = across;
  for (let turn = 0; turn < 100; turn++) {
    const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
    const sinS = Math.hypot(cos2 * sinL, cos1 * sin2 - sin1 * cos2 * cosL);
    if (sinS === 0) return { metres: 0, bearing: 0 };
    const cosS = sin1 * sin2 + cos1 * cos2 * cosL;
    const sigma = Math.atan2(sinS, cosS);
    const sinA = (cos1 * cos2 * sinL) / sinS;
    const cos2A = 1 - sinA ** 2;
    const cosM = cos2A ? cosS - (2 * sin1 * sin2) / cos2A : 0;
    const c = (F / 16) * cos2A * (4 + F * (4 - 3 * cos2A));
    const before = lambda;
    lambda = across + (1 - c) * F * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM ** 2 - 1)));
    if (Math.abs(lambda - before) > 1e-12) continue;
    const k = (cos2A * (A ** 2 - B ** 2)) / B ** 2;
    const a = 1 + (k / 16384) * (4096 + k * (k * (320 - 175 * k) - 768));
    const b = (k / 1024) * (256 + k * (k * (74 - 47 * k) - 128));
    const part = cosS * (2 * cosM ** 2 - 1) - (b / 6) * cosM * (4 * sinS ** 2 - 3) * (4 * cosM ** 2 - 3);
    const bend = b * sinS * (cosM + (b / 4) * part);
    const turned = Math.atan2(cos2 * Math.sin(lambda), cos1 * sin2 - sin1 * cos2 * Math.cos(lambda));
    return { metres: B * a * (sigma - bend), bearing: ((turned * 180) / Math.PI + 360) % 360 };
  }
  return { metres: NaN, bearing: NaN };
}

/** "640 m", "11.2 km": three figures, as the server says it. */
export function distance(metres) {
  if (metres < 1000) return say("metres", { number: Math.round(metres) });
  return say("kilometres", { number: Number((metres / 1000).toPrecision(3)) });
}

/** "272°", always of three figures. Isolated: after Arabic letters the sign would change sides. */
export function bearing(degrees) {
  return `\u2066${String(Math.round(degrees) % 360).padStart(3, "0")}°\u2069`;
}

/** "33.31520, 44.36610": a metre is the fifth decimal. */
export function degrees({ lat, lng }) {
  return `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
}

/** The position as MGRS, to the metre: "38S MB 43258 85550"; "" near the poles. */
export async function mgrs({ lat, lng }) {
  if (lat < -80 || lat > 84) return "";
  const { forward } = await import("../vendor/mgrs/mgrs.js");
  const code = forward([lng, lat], 5);
  return `${code.slice(0, -12)} ${code.slice(-12, -10)} ${code.slice(-10, -5)} ${code.slice(-5)}`;
}

/** Ground metres under one pixel in the middle of the map. */
export function metresPerPixel(map) {
  return (156543.034 * Math.cos(radians(map.getCenter().lat))) / 2 ** map.getZoom();
}
