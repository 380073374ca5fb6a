// Shows the start page that the build has drawn, until the app is there and takes it over (main.tsx).
// Only to those whose browser remembers nothing of theirs: others are shown what it remembers.
const drawn = document.querySelector("template");
const isRemembered = (what) => localStorage.getItem(`parley.${what}`) !== null;
let isNew = location.pathname === "/";
try {
  isNew &&= !["name", "recent", "theme"].some(isRemembered);
} catch {
  // Nothing is remembered.
}
if (isNew) {
  const root = document.getElementById("root");
  root.replaceChildren(drawn.content);
  root.dataset.drawn = "";
  // A form that is sent before the app is there is sent again by it.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    window.sentEarly = true;
  });
}
drawn.remove();
