import { useSyncExternalStore } from "react";

/** A screen: the join screen, or the room of a link. */
type Route = { readonly is: "join" } | { readonly is: "room"; readonly code: string };

const ROOM_PATH = /^\/r\/([^/]+)\/?$/;

/**
 * Parses the path of an address. Every path but that of a room is the join screen.
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

/** A path that was cut or mistyped in the middle of an escape is used as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
    // oxlint-disable-next-line house/no-bare-catch -- it throws nothing else
  } catch {
    return part;
  }
}

/** The address that opens a room, on the host that served this page. */
export function roomLink(roomId: string, origin: string = window.location.origin): string {
  return `${origin}${roomPath(roomId)}`;
}

/** The address that opens a room at one of its messages. */
export function messageLink(roomId: string, seq: number, origin?: string): string {
  return `${roomLink(roomId, origin)}#${seq}`;
}

/** The `seq` of the message that an address names, as in `location.hash`. */
export function seqOfHash(hash: string): number | undefined {
  const digits = /^#([1-9]\d*)$/.exec(hash)?.[1];
  const seq = Number(digits);
  return Number.isSafeInteger(seq) ? seq : undefined;
}

const ROOM_ADDRESS = /^\/r\/[^/?#]+\/?(?:[?#]|$)/;

/** The path, with its hash, of the address of a room or a message on this host; undefined of any other. */
export function pathWithin(address: string, origin = ownOrigin()): string | undefined {
  const path = address.startsWith(origin) ? address.slice(origin.length) : "";
  return ROOM_ADDRESS.test(path) ? path : undefined;
}

/** Empty where there is no page (build/start-page.ts). */
function ownOrigin({ location }: { readonly location?: Location } = globalThis): string {
  return location?.origin ?? "";
}

/** Fired after `navigate`; for the browser's own buttons there is `popstate`. */
const NAVIGATED = "parley:navigated";

/**
 * Goes to another path without reloading the page. It takes the place of the same address, and of
 * what Back would only close (modal-page.tsx).
 */
export function navigate(path: string): void {
  const { history, location } = window;
  const isReplaced = history.state !== null || new URL(path, location.href).href === location.href;
  history[isReplaced ? "replaceState" : "pushState"](null, "", path);
  window.dispatchEvent(new Event(NAVIGATED));
}

/** Calls back after `navigate`; returns a function that stops it. */
export function onNavigated(went: () => void): () => void {
  window.addEventListener(NAVIGATED, went);
  return () => window.removeEventListener(NAVIGATED, went);
}

/** The path of the page's address; the start page's where there is no page (build/start-page.ts). */
export function usePathname(): string {
  return useSyncExternalStore(
    subscribe,
    () => window.location.pathname,
    () => "/",
  );
}

function subscribe(changed: () => void): () => void {
  for (const type of [NAVIGATED, "popstate"]) window.addEventListener(type, changed);
  return () => {
    for (const type of [NAVIGATED, "popstate"]) window.removeEventListener(type, changed);
  };
}
