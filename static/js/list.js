/* The table and the overview: a changed filter is a new page from the server, as it is without
   scripts. Columns that a reader hides stay hidden. */

import { Filters } from "./filters.js";

const KEPT = "athar-hidden-columns";

new Filters(document.querySelector("form.filters"), (params) => {
  location.search = params.toString();
});

/** Nothing is kept where the browser keeps nothing for us. */
function remembered() {
  try {
    return new Set(JSON.parse(localStorage.getItem(KEPT) ?? "[]"));
  } catch {
    return new Set();
  }
}

function remember(hidden) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...hidden]));
  } catch {
    // The choice holds for this page.
  }
}

const menu = document.querySelector(".columns-menu");
if (menu) {
  const hidden = remembered();
  const show = (name) => {
    for (const cell of document.querySelectorAll(`[data-col="${CSS.escape(name)}"]`)) {
      cell.hidden = hidden.has(name);
    }
  };
  menu.hidden = false;
  for (const box of menu.querySelectorAll("input")) {
    box.checked = !hidden.has(box.value);
    show(box.value);
    box.addEventListener("change", () => {
      if (box.checked) hidden.delete(box.value);
      else hidden.add(box.value);
      remember(hidden);
      show(box.value);
    });
  }
}
