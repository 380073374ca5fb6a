import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { CloseCode } from "@parley/protocol";
import type { Logger } from "pino";
import { Addresses, networkKey } from "./limits/addresses.ts";
import { createApi } from "./api/api.ts";
import type { OpenStream } from "./api/deps.ts";
import type { Config } from "./config.ts";
import { CLOSE_WITHIN_MS, DRAIN_WITHIN_MS, TICK_MS } from "./limits/limits.ts";
import type { Backend } from "./backends/backend.ts";
import { FileService } from "./files/service.ts";
import { withFiles } from "./files/with-files.ts";
import { openBackend } from "./open-backend.ts";
import { pacedReads } from "./log/paced-reads.ts";
import { instrumentLog } from "./log/instrument-log.ts";
import { Metrics } from "./metrics.ts";
import { withBells } from "./private/bells.ts";
import type { ConversationDeps } from "./private/conversation.ts";
import { Conversations } from "./private/conversations.ts";
import { quietly } from "./private/quiet-presence.ts";
import { Rooms } from "./rooms/rooms.ts";
import { Session } from "./session/session.ts";
import type { SessionDeps } from "./session/session-deps.ts";
import type { FlushClock } from "./timing/flush-clock.ts";
import { PacedFlushes } from "./timing/paced-flushes.ts";
import { TimerWheel, type Timers } from "./timing/timer-wheel.ts";
import { aboutServer } from "./transports/http/about.ts";
import { Backlogs } from "./limits/backlogs.ts";
import { clientAddress } from "./transports/request.ts";
import { FairTurns } from "./limits/fair-turns.ts";
import { SocketConnection, type ConnectionDeps } from "./transports/websocket/connection.ts";
import type { PeerSocket } from "./transports/websocket/peer-socket.ts";
import { EventStream } from "./transports/http/event-stream.ts";
import { createHttpServer } from "./transports/http/server.ts";
import { upgradeHandler } from "./transports/websocket/upgrade.ts";
import { openWebhooks } from "./webhooks/open-webhooks.ts";

const SWEEP_EVERY_MS = 60_000;
/** Connections that may wait to be accepted: everybody comes back at once after a restart. */
const LISTEN_BACKLOG = 65_535;

const OTHERS_FILES =
  "FILES has the files of other messages than these: none of them is removed. Give each server, or group of servers, a place of its own";

export interface App {
  /** Starts to serve; gives the port. Rejects if the port cannot be had. */
  listen(): Promise<number>;
  /** Refuses new work, drains, closes and stops, in this order; then closes the backend. Idempotent. */
  close(): Promise<void>;
}

export interface AppDeps {
  readonly config: Config;
  readonly logger: Logger;
  /** Where everything is stored; the app closes it. */
  readonly backend: Backend;
  /** Where the built web app is. */
  readonly webDirectory: string;
  /** In ms since 1970; the machine's clock unless another is given. */
  readonly now?: () => number;
  /** The waits of rooms and connections; the machine's clock unless others are given. */
  readonly timers?: Timers;
  /** The clock of the windows in which rooms gather frames; paced by turns unless another is given. */
  readonly flushClock?: FlushClock;
  /** The turns of network addresses; fair ones unless others are given. */
  readonly turns?: Pick<FairTurns, "take">;
}

/**
 * Opens the backend that the configuration names, and puts a server together over it.
 * @throws StorageError if the data directory cannot be used
 */
export async function openApp(deps: Omit<AppDeps, "backend">): Promise<App> {
  return createApp({ ...deps, backend: await openBackend(deps.config, deps.logger) });
}

/** What has a session: a socket, or the response to a request. */
type Connected = SocketConnection | EventStream;

/** Puts a server together over an open backend. */
export function createApp(deps: AppDeps): App {
  const { config, logger, backend, webDirectory, now = Date.now } = deps;
  const wheel = new TimerWheel(TICK_MS);
  const { timers = wheel } = deps;
  const connections = new Set<Connected>();
  const addresses = new Addresses(config.rates, now);
  const metrics = new Metrics({
    rooms: () => rooms.count,
    members: () => rooms.memberCount,
    trouble: backend.trouble,
    size: backend.size,
    unread: () => backlogs.bytes,
    fileBytes: () => files?.usage.bytes ?? 0,
    damagedEntries: backend.damagedEntries,
  });
  /** Logs an error that is a bug. */
  const bug = (what: string) => (error: unknown) => logger.error({ err: error }, what);
  const backlogs = new Backlogs(config.backlogBytes);
  const files =
    backend.files &&
    new FileService(backend.files, {
      shelf: backend.shelf,
      rates: config.rates,
      addresses,
      maxBytes: config.fileBytes,
      totalBytes: config.filesBytes,
      timers,
      now,
      onOthers: () => logger.warn(OTHERS_FILES),
      onDeleted: (files) => logger.info({ files }, "files were deleted: no message has them"),
      onFailure: bug("the files could not be looked through"),
    });
  const instrumented = instrumentLog(
    withFiles(
      withBells(pacedReads(backend.log, networkKey)),
      files,
      bug("a file could not be removed"),
    ),
    (seconds) => metrics.appended(seconds),
  );
  const roomDeps = {
    log: instrumented.log,
    openPresence: backend.openPresence,
    timers,
    flushClock: deps.flushClock ?? new PacedFlushes(),
    pace: config.rates.person,
    announcementRates: config.rates,
    now,
    onDelivered: (entries: number) => metrics.delivered(entries),
    onFailure: bug("a room could not be told of its log or its people"),
  };
  const rooms: Rooms = new Rooms(roomDeps);
  const conversations = new Rooms({
    ...roomDeps,
    openPresence: quietly(backend.openPresence),
    onDelivered: () => {},
  });
  let lifecycle: "starting" | "serving" | "closing" = "starting";
  const isClosing = () => lifecycle === "closing";

  const sessions: SessionDeps = {
    rooms,
    log: instrumented.log,
    rates: config.rates,
    timers,
    now,
    newRoomsOf: (address) => addresses.newRoomsOf(address),
    storageOf: (address) => addresses.storageOf(address),
    files: files?.whole,
    openPrivate: (place) => new Conversations(conversationDeps, place),
    isClosing,
    onFrame: (type) => metrics.frame(type),
    onRefused: (code) => metrics.refused(code),
    onFailure: bug("a frame could not be handled"),
  };
  const conversationDeps: ConversationDeps = {
    sessions,
    rooms: conversations,
    log: instrumented.log,
    conversationsOf: (address) => addresses.conversationsOf(address),
  };

  const { turns = new FairTurns() } = deps;

  const connectionDeps: ConnectionDeps = {
    timers,
    backlogs,
    turns,
    onCutOff: (why) => metrics.cutOff(why),
    onEnded: ended,
    sent: (...sent) => addresses.sent(...sent),
    admitLargeFrame: (address) => addresses.admitLargeFrame(address),
  };

  function began(connection: Connected): void {
    connections.add(connection);
    metrics.connected();
  }
  function ended(connection: Connected): void {
    connections.delete(connection);
    metrics.disconnected();
  }

  /** Opens a session over the response to a request. */
  function openStream(...[response, options, refused]: Parameters<OpenStream>) {
    const stream = new EventStream(response, options, connectionDeps, {
      refused,
      closed(code) {
        ended(stream);
        session.closed(code);
      },
    });
    const session = new Session(stream, sessions);
    began(stream);
    return (text: string) => session.receive(text);
  }

  function connect(ws: PeerSocket, socket: Socket, address: string): void {
    const connection = new SocketConnection(ws, socket, address, connectionDeps);
    const session = new Session(connection, sessions);
    began(connection);
    connection.listen(session);
  }

  const closing = new AbortController();
  const webhooks = openWebhooks(config.outbound, config.redis !== undefined, {
    log: instrumented.log,
    shelf: backend.shelf,
    timers,
    now,
    onFailure: bug("a webhook could not be told"),
  });
  const api = createApi({
    rooms,
    conversations,
    log: instrumented.log,
    shelf: backend.shelf,
    files,
    webhooks,
    rates: config.rates,
    timers,
    addresses,
    turns,
    allowedOrigins: config.allowedOrigins,
    trustProxy: config.trustProxy,
    openStream,
    closing: closing.signal,
    now,
    onFrame: (type) => metrics.frame(type),
    onCutOff: (why) => metrics.cutOff(why),
    backlogs,
    onRefused: (code) => metrics.refused(code),
    onPoll() {
      metrics.connected();
      return () => metrics.disconnected();
    },
    onFailure: bug("a request could not be handled"),
  });

  const waitOf = (request: IncomingMessage) =>
    addresses.requestsOf(clientAddress(request, config.trustProxy)).take(now());

  const server = createHttpServer({
    webDirectory,
    allowedOrigins: config.allowedOrigins,
    about: aboutServer(config.retention, files),
    waitOf,
    onRefused: (code) => metrics.refused(code),
    api,
    notReady: () => (lifecycle === "serving" ? backend.trouble() : lifecycle),
    metrics: async () => ({ type: metrics.contentType, text: await metrics.text() }),
    onFailure: bug("a request could not be answered"),
  });
  server.on(
    "upgrade",
    upgradeHandler({
      allowedOrigins: config.allowedOrigins,
      trustProxy: config.trustProxy,
      isClosing,
      waitOf,
      turns,
      admit: (address) => addresses.admit(address),
      onRefused: (code) => metrics.refused(code),
      onConnection: connect,
    }),
  );
  const stopWheel = wheel.start();
  const sweeping = setInterval(() => {
    addresses.sweep();
    files?.sweep();
    api.sweep();
  }, SWEEP_EVERY_MS).unref();

  async function shutDown(): Promise<void> {
    lifecycle = "closing";
    closing.abort();
    const stopped = once(server, "close");
    server.close();
    // Storage that hangs holds up what ends of itself: all of it has one limit.
    const ended = Promise.all([webhooks?.close(), files?.close()]);
    const drained = ended.then(() => instrumented.drained(DRAIN_WITHIN_MS));
    await Promise.race([drained, sleep(DRAIN_WITHIN_MS, undefined, { ref: false })]);
    // What was appended is echoed before the goodbye (SPEC D1).
    rooms.flush();
    conversations.flush();
    for (const connection of connections) connection.close(CloseCode.restarting);
    const cut = setTimeout(() => {
      for (const connection of connections) connection.terminate();
      server.closeAllConnections();
    }, CLOSE_WITHIN_MS);
    // A request that was being answered leaves its connection idle, and nobody else closes that.
    const idle = setInterval(() => server.closeIdleConnections(), TICK_MS);
    await stopped;
    clearTimeout(cut);
    clearInterval(idle);
    clearInterval(sweeping);
    stopWheel();
    await backend.close();
  }
  let closed: Promise<void> | undefined;

  return {
    async listen() {
      const { port, host, reusePort } = config;
      server.listen({
        port,
        reusePort,
        backlog: LISTEN_BACKLOG,
        ...(host === undefined ? {} : { host }),
      });
      await once(server, "listening");
      lifecycle = "serving";
      webhooks?.start();
      files?.start(instrumented.log);
      return (server.address() as AddressInfo).port;
    },
    close: () => (closed ??= shutDown()),
  };
}
