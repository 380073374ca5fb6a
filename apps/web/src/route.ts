/** Where one is: the way in, or the room of a link. */
export type Route = { readonly is: "join" } | { readonly is: "room"; readonly code: string };

const ROOM_PATH = /^\/r\/([^/]+)\/?$/;

/**
 * Reads the path of an address. Any other path than that of a room is the way in.
 * @param path as in `location.pathname`, such as `/r/7k3-f9qd-2xm`
 */
export function routeOf(path: string): Route {
  const code = ROOM_PATH.exec(path)?.[1];
  return code === undefined ? { is: "join" } : { is: "room", code: decoded(code) };
}

/** The path of a room. */
export function roomPath(roomId: string): string {
  return `/r/${encodeURIComponent(roomId)}`;
}

/** A path that was cut or mistyped in the middle of an escape is taken as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
