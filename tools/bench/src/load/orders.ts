import type { DialectName } from "./dialect.ts";

/** How long messages took, in ms. Infinity: so many of them never came. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** How many were measured or missed. */
  readonly samples: number;
}

/** What the load generator can be told to do, and what it reports. */
export interface Orders {
  /** Opens connections and joins rooms; those who were there before are cut. */
  gather: {
    order: {
      readonly dialect: DialectName;
      /** One for each node, used in turn. */
      readonly ports: readonly number[];
      readonly rooms: number;
      /** Guests a room. */
      readonly size: number;
      /** How many joins may be under way. */
      readonly atOnce: number;
    };
    report: {
      readonly joined: number;
      readonly wanted: number;
      readonly ms: number;
      readonly generatorCpu: number;
    };
  };
  /** Sends at a fixed rate, however long the answers take. */
  steady: {
    order: {
      /** Messages a second over all rooms. */
      readonly rate: number;
      readonly bodyBytes: number;
      readonly warmMs: number;
      readonly measureMs: number;
      /** How long to wait for the last ones. */
      readonly graceMs: number;
      /** Processes of the server, whose CPU time is read. */
      readonly pids: readonly number[];
      /** Processes of what it keeps everything in, likewise; none by default. */
      readonly storePids?: readonly number[];
    };
    report: {
      /** Messages that were sent, those of the warm-up included. */
      readonly sent: number;
      /** Of all deliveries due, the share that came before the grace was over. */
      readonly arrived: number;
      /** Messages and deliveries in the measured time, a second. */
      readonly messagesPerSecond: number;
      readonly deliveriesPerSecond: number;
      readonly latency: Latency;
      /** CPU time over time in the measured window, 1 is one core; undefined where unknown. */
      readonly serverCpu: number | undefined;
      readonly storeCpu: number | undefined;
      readonly generatorCpu: number;
      /** Gaps and repeats in the order of entries, as one guest a room saw it. */
      readonly outOfOrder: number;
      /** Connections that ended. */
      readonly lost: number;
    };
  };
  /** One message at a time, each after the last one came and a pause. */
  quiet: {
    order: {
      readonly messages: number;
      readonly bodyBytes: number;
      readonly pauseMs: number;
      /** Who has to get it: its author, or the next guest of the room, who is on another node. */
      readonly reader: "author" | "neighbour";
    };
    report: { readonly latency: Latency; readonly generatorCpu: number };
  };
  /** Some guests of each room stop reading. */
  silence: { order: { readonly perRoom: number }; report: { readonly silent: number } };
  /** They read again; reports what became of them, by close code. */
  wake: {
    order: { readonly waitMs: number };
    report: { readonly closed: Readonly<Record<number, number>> };
  };
  /** Joins guests who come back by themselves, and lets each room say a little. */
  settle: {
    order: {
      readonly ports: readonly number[];
      readonly rooms: number;
      readonly size: number;
      readonly atOnce: number;
    };
    report: { readonly joined: number; readonly ms: number };
  };
  /** Waits until all of them are back after a kill. */
  return: {
    order: {
      /** When the server was killed, in ms since 1970. */
      readonly killedAt: number;
      readonly withinMs: number;
    };
    report: {
      /** From the kill until this share of them was back with everything it had missed, in ms. */
      readonly backAfter: { readonly p50: number; readonly p99: number; readonly all: number };
      readonly back: number;
      readonly wanted: number;
      /** Connections that were tried in vain. */
      readonly failedTries: number;
      /** Entries that came while somebody was away, and were handed over at the join. */
      readonly caughtUp: number;
      /** Rejoins that were answered with a new window in place of what was missed. */
      readonly notRecovered: number;
      /** Gaps and repeats in what any guest saw, from before the kill to the end. */
      readonly outOfOrder: number;
      /** Guests who did not have the last entry of their room at the end. */
      readonly behind: number;
      /** How long the echo took of what those who were back said. */
      readonly echo: Latency;
      readonly generatorCpu: number;
    };
  };
}

export type OrderName = keyof Orders;
export type Order = { [N in OrderName]: { readonly do: N } & Orders[N]["order"] }[OrderName];

/** What goes between the processes. */
export interface Asked {
  readonly id: number;
  readonly order: Order;
}

export type Answered =
  | { readonly id: number; readonly is: "done"; readonly report: Orders[OrderName]["report"] }
  | { readonly id: number; readonly is: "failed"; readonly why: string };
