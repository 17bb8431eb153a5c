// Suggestions of the gazetteer under a place field (a combobox as the ARIA practices describe it).
// Without this script the field takes a typed name just as well.

"use strict";
{
  let count = 0;

  const attach = (input) => {
    if (input.dataset.ready) return;
    input.dataset.ready = "yes";
    const list = document.createElement("ul");
    list.className = "place-options";
    list.id = `place-options-${++count}`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    const box = document.createElement("span");
    box.className = "place-box";
    input.replaceWith(box);
    box.append(input, list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    let active = -1;
    let asked = 0;
    let timer = 0;

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (option) => {
      input.value = option.dataset.label;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    };
    const move = (step) => {
      const options = list.children;
      if (list.hidden || !options.length) return;
      options[active]?.removeAttribute("aria-selected");
      active = (active + step + options.length) % options.length;
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", options[active].id);
    };
    const optionOf = (place, index) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${index}`;
      option.setAttribute("role", "option");
      option.dataset.label = place.label;
      const name = document.createElement("strong");
      name.dir = "auto";
      name.textContent = place.label;
      const detail = document.createElement("small");
      detail.dir = "auto";
      detail.textContent = place.detail;
      option.append(name, detail);
      return option;
    };
    const ask = async () => {
      const mine = ++asked;
      const query = input.value.trim();
      if (!query) return close();
      const response = await fetch(`${input.dataset.places}?q=${encodeURIComponent(query)}`);
      if (!response.ok || mine !== asked) return;
      const { places } = await response.json();
      if (mine !== asked || document.activeElement !== input) return;
      list.replaceChildren(...places.map(optionOf));
      active = -1;
      list.hidden = !places.length;
      input.setAttribute("aria-expanded", String(places.length > 0));
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 150);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") list.hidden ? ask() : move(1);
      else if (event.key === "ArrowUp") move(-1);
      else if (event.key === "Escape" && !list.hidden) close();
      else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
      else return;
      event.preventDefault();
    });
    // Before the field loses the focus, which closes the list.
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  };

  const attachAll = (root) => {
    for (const input of root.querySelectorAll("input.place-input")) {
      if (!input.name.includes("__prefix__")) attach(input);
    }
  };
  attachAll(document);
  // Rows that the admin adds to an inline.
  document.addEventListener("formset:added", (event) => attachAll(event.target));
}
