import type { Plugin } from "vite";

/**
 * Tells the page where the room's screen is and what it imports beyond the page's own scripts, so
 * that before-paint.js can have these files fetched before the app asks for them.
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
        const imports = room.type === "chunk" ? room.imports : [];
        const files = [room.fileName, ...imports.filter((file) => !html.includes(file))];
        const paths = files.map((file) => `/${file}`).join(" ");
        return html.replace("<html ", `<html data-room="${paths}" `);
      },
    },
  };
}
