import type { Plugin } from "vite";

/**
 * Tells the page where the room's screen is, so that public/before-paint.js can have it fetched
 * before the app asks for it.
 * @param name what the build calls that part
 */
export function roomPreload(name: string): Plugin {
  return {
    name: "parley:room-preload",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(html, { bundle = {} }) {
        const room = Object.values(bundle).find(
          (output) => output.type === "chunk" && output.name === name,
        );
        if (!room) throw new Error(`The build made no part called ${name}.`);
        return html.replace("<html ", `<html data-room="/${room.fileName}" `);
      },
    },
  };
}
