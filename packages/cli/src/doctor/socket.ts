import { once } from "node:events";
import { request as requestHttp, type IncomingMessage } from "node:http";
import { request as requestHttps } from "node:https";
import { createRoomClient } from "@parley/client";
import { socketUrlOf } from "../settings.ts";
import { reasonOf } from "./ask.ts";
import { fail, ok, type Finding } from "./finding.ts";

const WITHIN_MS = 15_000;
/** Any 16 bytes. */
const KEY = Buffer.alloc(16).toString("base64");

/** Upgrades as a browser does, from one of the server's own pages. */
export async function checkUpgrade(server: URL): Promise<Finding> {
  const url = new URL("ws", server);
  const request = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
    headers: {
      Connection: "Upgrade",
      Upgrade: "websocket",
      Origin: server.origin,
      "Sec-WebSocket-Key": KEY,
      "Sec-WebSocket-Version": "13",
    },
  });
  request.end();
  const signal = AbortSignal.timeout(WITHIN_MS);
  try {
    const status = await Promise.race([
      once(request, "upgrade", { signal }).then(() => 101),
      once(request, "response", { signal }).then(
        ([response]: IncomingMessage[]) => response?.statusCode ?? 0,
      ),
    ]);
    return upgradeFinding(status);
  } catch (error) {
    return fail("/ws", `No upgrade (${reasonOf(error)}).`, PASS_ON);
  } finally {
    request.destroy();
  }
}

const PASS_ON = "Let the proxy pass WebSockets on: the headers Upgrade and Connection, HTTP/1.1.";

function upgradeFinding(status: number): Finding {
  switch (status) {
    case 101:
      return ok("/ws", "Upgrades to a WebSocket.");
    case 403:
      return fail(
        "/ws",
        "403: pages of this address may not connect.",
        "Let the proxy keep the Host header, or name the address in ALLOWED_ORIGINS.",
      );
    case 429:
      return fail(
        "/ws",
        "429: too many connections of this address.",
        "Behind a proxy, set TRUST_PROXY: otherwise all people count as one address.",
      );
    default:
      return fail("/ws", `${status} in place of 101.`, PASS_ON);
  }
}

/** Joins a room and sends a message, as the app does. */
export async function checkEcho(server: URL, room: string): Promise<Finding> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const client = createRoomClient({ url: socketUrlOf(server), roomId: room, name: "doctor" });
  const timer = setTimeout(resolve, WITHIN_MS, `Nothing came back within ${WITHIN_MS / 1_000} s`);
  const from = performance.now();
  let id: string | undefined;
  const unsubscribe = client.subscribe((event) => {
    if (event.type === "status") {
      const { status } = event;
      if (status.is === "joined") id ??= client.say("A check of parley doctor.");
      if (status.is === "refused") resolve(status.refusal.message);
      if (status.is === "closed") resolve(`Closed with ${status.code}`);
    }
    if (event.type === "pending") {
      const failed = event.pending.find(({ state }) => state.is === "failed");
      if (failed?.state.is === "failed") resolve(failed.state.refusal.message);
    }
    if (event.type === "entries" && event.entries.some(({ payload }) => payload.id === id)) {
      resolve("");
    }
  });
  const why = await promise;
  clearTimeout(timer);
  unsubscribe();
  client.leave();
  if (why === "") {
    const ms = Math.ceil(performance.now() - from);
    return ok("echo", `Joined ${room}, and heard itself after ${ms} ms.`);
  }
  return fail("echo", why, "See the log of the server, and what /readyz says.");
}
