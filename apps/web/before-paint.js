// What cannot wait for the app. Where storage is denied, the system's theme holds and no name is known.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem("parley.theme");
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  if (localStorage.getItem("parley.density") === "compact") dataset.density = "compact";
  // A room's link leads straight in where the name is known: its screen is fetched beside the rest.
  if (dataset.room && location.pathname.startsWith("/r/") && localStorage.getItem("parley.name")) {
    for (const file of dataset.room.split(" ")) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = file;
      document.head.append(link);
    }
  }
} catch {
  // Nothing is remembered.
}
