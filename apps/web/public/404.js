// The theme that was chosen in the app, before the first paint. Where storage is denied, the system's holds.
try {
  const theme = localStorage.getItem("parley.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Nothing is remembered.
}
