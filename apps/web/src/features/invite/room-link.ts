import { roomPath } from "../../route.ts";

/** The address that opens a room, on the host that served this page. */
export function roomLink(roomId: string, origin: string = window.location.origin): string {
  return `${origin}${roomPath(roomId)}`;
}
