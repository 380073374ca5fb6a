import type { DownPayload, LogEntry } from "@parley/protocol";
import type { PendingMessage, RoomEvent } from "../events.ts";
import type { RoomClientOptions } from "../options.ts";
import { createRoomClient, type RoomClient } from "../room-client.ts";
import { joinedWith } from "./entries.ts";
import { fakeClock, settled, type FakeClock } from "./fake-clock.ts";
import { FakeSocket } from "./fake-socket.ts";

/** A real client whose clock and network the test controls. */
export interface Visit {
  readonly client: RoomClient;
  readonly clock: FakeClock;
  readonly sockets: readonly FakeSocket[];
  /** The newest socket. */
  readonly socket: FakeSocket;
  /** The network is back, or the page became visible. */
  wake(): void;
  /** Opens the newest socket, reads the join and answers it. */
  join(fields?: Partial<DownPayload<"joined">>): Promise<void>;
  /** The newest socket breaks, and the wait for the next one passes. */
  dropAndReturn(): void;
  /** Sends a message and waits until it left, if it can. */
  say(message: string): Promise<string>;
  /** As the client told last. */
  readonly pending: readonly PendingMessage[];
  /** All events since the last call. */
  told(): RoomEvent[];
  /** The events of one type since the last call. */
  toldOf<T extends RoomEvent["type"]>(type: T): Extract<RoomEvent, { type: T }>[];
}

/** Random: half of every longest wait. */
const MIDDLING = 0.5;

export function visit(options: Partial<RoomClientOptions> = {}): Visit {
  const clock = fakeClock();
  const sockets: FakeSocket[] = [];
  const events: RoomEvent[] = [];
  const wakers = new Set<() => void>();
  const client = createRoomClient({
    url: "ws://test/ws",
    roomId: "lobby",
    name: "Anna",
    clock,
    random: () => MIDDLING,
    openTransport: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    wakeUps: (wake) => {
      wakers.add(wake);
      return () => wakers.delete(wake);
    },
    ...options,
  });
  let pending: readonly PendingMessage[] = [];
  client.subscribe((event) => {
    events.push(event);
    if (event.type === "pending") pending = event.pending;
  });
  const newest = () => {
    const socket = sockets.at(-1);
    if (!socket) throw new Error("No socket was opened.");
    return socket;
  };
  return {
    client,
    clock,
    sockets,
    get socket() {
      return newest();
    },
    get pending() {
      return pending;
    },
    wake() {
      for (const wake of wakers) wake();
    },
    async join(fields) {
      newest().open();
      // The cache is read before the join is sent.
      await settled();
      newest().say({ type: "joined", payload: joinedWith(fields) });
      await settled();
    },
    dropAndReturn() {
      const before = sockets.length;
      newest().shut(1006);
      while (sockets.length === before) clock.advance(100);
    },
    async say(message) {
      const id = client.say(message);
      await settled();
      return id;
    },
    told: () => events.splice(0),
    toldOf(type) {
      const isOfType = (event: RoomEvent): event is Extract<RoomEvent, { type: typeof type }> =>
        event.type === type;
      return events.splice(0).filter(isOfType);
    },
  };
}

/** The `seq`s of `entries` events, in order. */
export function seqsOf(events: readonly { readonly entries: readonly LogEntry[] }[]): number[] {
  return events.flatMap(({ entries }) => entries.map(({ payload }) => payload.seq));
}
