import { canonicalName, canonicalRoomId } from "@parley/protocol";
import { UsageError } from "./usage.ts";
import { variable } from "./variable.ts";

const SERVER_DEFAULT = "http://localhost:8080";

/** The server's address: `--server`, or PARLEY_URL, or this machine. The path ends with a slash. */
export function serverOf(option: string | undefined): URL {
  const given = option ?? variable("PARLEY_URL") ?? SERVER_DEFAULT;
  const url = URL.parse(/^[a-z]+:\/\//i.test(given) ? given : `http://${given}`);
  if (url?.protocol !== "http:" && url?.protocol !== "https:") {
    throw new UsageError(`${given} is no address of a server, such as ${SERVER_DEFAULT}.`);
  }
  url.search = "";
  url.hash = "";
  if (!url.pathname.endsWith("/")) url.pathname += "/";
  return url;
}

/** The address of a server's WebSockets. */
export function socketUrlOf(server: URL): string {
  const url = new URL("ws", server);
  url.protocol = server.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** The room of a command. */
export function roomOf(code: string | undefined): string {
  if (code === undefined) throw new UsageError("Which room?");
  const room = canonicalRoomId(code);
  if (room === undefined) {
    throw new UsageError("A room code is 1 to 64 letters, digits, dashes or underscores.");
  }
  return room;
}

/** The name that others see, if one was given. */
export function nameOf(option: string | undefined): string | undefined {
  if (option === undefined) return undefined;
  const name = canonicalName(option);
  if (name === undefined) throw new UsageError("A name is 1 to 32 visible characters.");
  return name;
}

/** A `seq` from the command line. */
export function seqOf(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  const seq = Number(option);
  if (!/^\d+$/.test(option) || !Number.isSafeInteger(seq)) {
    throw new UsageError("--since must be the number of an entry.");
  }
  return seq;
}

const WAIT_SECONDS_MAX = 25;

/** How many seconds a long poll is held, to see whether it is cut. */
export function waitOf(option: string | undefined): number {
  const seconds = Number(option ?? WAIT_SECONDS_MAX);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= WAIT_SECONDS_MAX) return seconds;
  throw new UsageError(`--wait must be a whole number of seconds from 1 to ${WAIT_SECONDS_MAX}.`);
}
