// Sets a remembered theme before the first paint; without one, the system's preference holds.
try {
  const theme = localStorage.getItem("parley.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is denied: the system's preference holds.
}
