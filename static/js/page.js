/* What every page does: colours as the reader chose them, and a language switch that keeps the
   part of the address after "#". */

const root = document.documentElement;
const CHOICES = ["auto", "light", "dark"];
const ICONS = { auto: "half", light: "sun", dark: "moon" };

function chosen() {
  return root.dataset.theme ?? "auto";
}

function show(button) {
  const choice = chosen();
  button.querySelector("use").setAttribute("href", `${document.body.dataset.icons}#${ICONS[choice]}`);
  button.querySelector("span").textContent = button.dataset[choice];
  button.title = button.dataset[choice];
}

function turn(button) {
  const next = CHOICES[(CHOICES.indexOf(chosen()) + 1) % CHOICES.length];
  if (next === "auto") delete root.dataset.theme;
  else root.dataset.theme = next;
  // A cookie, so that the server sends the next page in these colours and nothing flashes.
  document.cookie = `theme=${next};path=/;max-age=31536000;samesite=lax`;
  show(button);
}

const button = document.getElementById("theme");
if (button) {
  button.hidden = false;
  show(button);
  button.addEventListener("click", () => turn(button));
}

for (const form of document.querySelectorAll("form.language")) {
  form.addEventListener("submit", () => {
    form.elements.next.value = location.pathname + location.search + location.hash;
  });
}

// A sheet that would leave the page opens towards the other side.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("toggle", () => {
    menu.classList.remove("menu-end");
    if (!menu.open) return;
    const { left, right } = menu.querySelector(".sheet").getBoundingClientRect();
    menu.classList.toggle("menu-end", left < 0 || right > root.clientWidth);
  });
}

// A menu closes when the reader goes on elsewhere, or on Escape.
document.addEventListener(
  "click",
  (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  },
  { capture: true },
);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});
