/** What is told of the connections to Redis. */
export interface WireEvents {
  /** Commands, or subscriptions, work again; all subscriptions were made again. */
  ready(): void;
  /** A connection failed; it is made again by itself. */
  failed(error: unknown): void;
  /** Something came on a channel. */
  message(text: string, channel: string): void;
}

/** A raw command: its name and its arguments. */
export type RawCommand = readonly string[];

/** Sends a command to one server. */
export type AskServer = (command: RawCommand) => Promise<unknown>;

/** Where a key is. Keys with the same connection share it. */
export interface KeyServer {
  readonly connection: object;
  readonly ask: AskServer;
}

/** The connections to one Redis, or to a cluster, reduced to what is used of them. */
export interface Wire {
  /** Whether there is one server only: what is redirected to another may be overtaken. */
  readonly keepsOrder: boolean;
  /** Whether one call may have keys of several rooms. */
  readonly spansRooms: boolean;
  /** Whether every subscription that was made is known to be in force. */
  readonly isListening: boolean;
  /** Starts to connect, and keeps on for as long as it takes. */
  connect(): void;
  /**
   * Sends a command to where this key is. Commands of one key leave in the order of the calls, and
   * arrive in it if `keepsOrder`; without a connection it rejects at once.
   */
  send(key: string, command: RawCommand): Promise<unknown>;
  /** Sends a command to every server that takes writes. */
  sendToAll(command: RawCommand): Promise<unknown[]>;
  /** Every server that takes writes, to be asked by itself. */
  servers(): Promise<AskServer[]>;
  /** The connection on which commands of this key leave now. */
  serverOf(key: string): Promise<KeyServer>;
  subscribe(channel: string): Promise<void>;
  unsubscribe(channel: string): Promise<void>;
  /** Cuts all connections; what is under way rejects. */
  close(): void;
}

/** How often a connection that is idle is tried, in ms. */
const PING_EVERY_MS = 2_000;
/** How long a connection may be silent in both directions, in ms: then it is cut and made again. */
const SILENT_MS = 5_000;
/** How long connecting may take, in ms. */
const CONNECT_WITHIN_MS = 2_000;
/** The longest wait before connecting again, in ms. */
const RECONNECT_WITHIN_MS = 1_000;

/**
 * What every connection is made with. Nothing waits in the client for a Redis that is away: who
 * sends is told at once, and tries again (SPEC D4).
 */
export const connectionOptions = {
  disableOfflineQueue: true,
  // RedisConnection bounds every command until its answer; the client's own bound, until it is written, adds nothing.
  commandOptions: { timeout: 0 },
  pingInterval: PING_EVERY_MS,
  socket: {
    connectTimeout: CONNECT_WITHIN_MS,
    socketTimeout: SILENT_MS,
    reconnectStrategy: (retries: number) =>
      Math.min(RECONNECT_WITHIN_MS, 50 * 2 ** Math.min(retries, 10)) * (0.5 + Math.random() / 2),
  },
} as const;
