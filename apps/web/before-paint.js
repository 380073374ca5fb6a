// A browser below the build's target: the rest of the page, and so the app, stays in a template that
// nothing draws.
if (!Promise.withResolvers || !CSS.supports("color", "light-dark(red, red)")) {
  // oxlint-disable-next-line typescript/no-deprecated -- nothing else keeps scripts below from running
  document.write(
    '<p role="alert">This browser is too old for Parley. Update it, or open this page in another one.</p>',
    "<template>",
  );
}
// What cannot wait for the app. Where storage is denied, the system's theme holds and no name is known.
try {
  const { dataset } = document.documentElement;
  const theme = localStorage.getItem("parley.theme");
  if (theme === "light" || theme === "dark") dataset.theme = theme;
  if (localStorage.getItem("parley.density") === "compact") dataset.density = "compact";
  // A room's link leads straight in where the name is known: while the app is fetched, so is the room's
  // screen, and its socket is opened (room/early-socket.ts).
  const code = /^\/r\/([^/]+)\/?$/.exec(location.pathname)?.[1];
  if (dataset.room && code && localStorage.getItem("parley.name")) {
    for (const file of dataset.room.split(" ")) {
      const link = document.createElement("link");
      link.rel = "modulepreload";
      link.href = file;
      document.head.append(link);
    }
    // Where no socket came through lately, the app asks otherwise.
    if (!localStorage.getItem("parley.rung")) {
      // The room's shard, as `roomShard` of the protocol gives it.
      let hash = 0x811c9dc5;
      for (const character of decodeURIComponent(code).toLowerCase()) {
        hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
      }
      const shard = ((hash ^ (hash >>> 12) ^ (hash >>> 24)) & 0xfff).toString(16).padStart(3, "0");
      const address = `${location.origin.replace("http", "ws")}/ws?r=${shard}`;
      window.earlySocket = new WebSocket(address, "parley.v1");
    }
  }
} catch {
  // Nothing is remembered.
}
