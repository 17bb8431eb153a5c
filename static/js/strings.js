/* What scripts say, in the page's language: the server puts it into the page as JSON. */

const texts = JSON.parse(document.getElementById("strings").textContent);

/** The text of `key` with its {gaps} filled. */
export function say(key, gaps = {}) {
  const text = texts[key];
  if (text === undefined) throw new Error(`no text for "${key}"`);
  return text.replace(/\{(\w+)\}/g, (gap, name) => gaps[name] ?? gap);
}

const figures = new Intl.NumberFormat("en");

/** 12,345 in figures that both languages of this site use. */
export function grouped(number) {
  return figures.format(number);
}
