import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { FRAME_BYTES_MAX, SUBPROTOCOL } from "@parley/protocol";
import { WebSocketServer, type ServerOptions } from "ws";
import { networkKey } from "../../limits/addresses.ts";
import type { FairTurns } from "../../limits/fair-turns.ts";
import { BUFFERED_CHUNKS_MAX, CLOSE_WITHIN_MS, FRAGMENTS_MAX } from "../../limits/limits.ts";
import { isAllowedOrigin } from "../origin.ts";
import { clientAddress, pathOf } from "../request.ts";
import { PeerSocket } from "./peer-socket.ts";
import { limitInputAtEnd } from "./input-at-end.ts";

const PATHS = new Set(["/", "/ws"]);

/** Why an upgrade is refused, as the metrics count it. */
type UpgradeRefusal = "closing" | "origin" | "too_many_connections" | "too_many_requests";

export interface UpgradeDeps {
  readonly allowedOrigins: readonly string[];
  readonly trustProxy: string | undefined;
  /** Turns of network addresses while the server is busy: a handshake costs much. */
  readonly turns: Pick<FairTurns, "take">;
  isClosing(): boolean;
  /** Takes a permit to ask; gives how long to wait for one, in ms, or 0. */
  waitOf(request: IncomingMessage): number;
  /** Counts a connection of this address in; gives what counts it out, or nothing if full. */
  admit(address: string): (() => void) | undefined;
  onRefused(why: UpgradeRefusal): void;
  onConnection(ws: PeerSocket, socket: Socket, address: string): void;
}

/** Makes what an HTTP server does on `upgrade`: checks who comes, then shakes hands. */
export function upgradeHandler(
  deps: UpgradeDeps,
): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  // The types of ws do not know `closeTimeout` yet.
  const options: ServerOptions<typeof PeerSocket> & { closeTimeout: number } = {
    WebSocket: PeerSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES_MAX,
    maxFragments: FRAGMENTS_MAX,
    maxBufferedChunks: BUFFERED_CHUNKS_MAX,
    closeTimeout: CLOSE_WITHIN_MS,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  };
  const server = new WebSocketServer(options);
  return (request, duplex, head) => {
    duplex.on("error", destroyBroken);
    // Without TLS, which a proxy in front brings, an upgraded stream is a TCP socket.
    const socket = duplex as Socket;
    if (!PATHS.has(pathOf(request))) return answer(socket, 404);
    if (request.headers.host === undefined) return answer(socket, 400);
    if (deps.isClosing()) {
      deps.onRefused("closing");
      return answer(socket, 503);
    }
    const waitMs = deps.waitOf(request);
    if (waitMs > 0) {
      deps.onRefused("too_many_requests");
      return answer(socket, 429, waitMs);
    }
    if (!isAllowedOrigin(request.headers.origin, request.headers.host, deps.allowedOrigins)) {
      deps.onRefused("origin");
      return answer(socket, 403);
    }
    const address = clientAddress(request, deps.trustProxy);
    const countOut = deps.admit(address);
    if (!countOut) {
      deps.onRefused("too_many_connections");
      return answer(socket, 429);
    }
    // Not `once`, which holds four times as much for every socket.
    socket.on("close", countOut);
    socket.setNoDelay(true);
    limitInputAtEnd(socket);
    deps.turns.take(networkKey(address), () => {
      if (deps.isClosing()) return answer(socket, 503);
      server.handleUpgrade(request, socket, head, (ws) => deps.onConnection(ws, socket, address));
    });
  };
}

/**
 * A socket that breaks during the handshake must not end the process. As long as the socket lives, so
 * does this listener: it is no closure, which would keep the request and all its headers.
 */
function destroyBroken(this: Duplex): void {
  this.destroy();
}

function answer(socket: Socket, status: 400 | 403 | 404 | 429 | 503, waitMs = 0): void {
  const text = `${STATUS_CODES[status]}\n`;
  const retryAfter = waitMs > 0 ? `Retry-After: ${Math.ceil(waitMs / 1_000)}\r\n` : "";
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n${retryAfter}` +
      `Content-Type: text/plain\r\nContent-Length: ${text.length}\r\n\r\n${text}`,
  );
}
