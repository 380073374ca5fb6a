import type { DialectName } from "./dialect.ts";
import type { LargeOrders } from "./large-orders.ts";
import type { Distribution } from "./targets.ts";

/** How long messages took, in ms. Infinity: that share never arrived. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** How many were measured or missing. */
  readonly samples: number;
}

/** The orders of the load generator, and their reports. */
export interface Orders extends LargeOrders {
  /** Opens connections and joins rooms; earlier ones are cut. */
  gather: {
    order: {
      readonly dialect: DialectName;
      /** One for each node. */
      readonly ports: readonly number[];
      /** By default, neighbours in a room are on different nodes. */
      readonly distribution?: Distribution;
      readonly rooms: number;
      /** Clients in each room. */
      readonly size: number;
      /** How many joins may be in flight. */
      readonly atOnce: number;
    };
    report: {
      readonly joined: number;
      readonly wanted: number;
      readonly ms: number;
      readonly generatorCpu: number;
    };
  };
  /** Sends at a fixed rate, regardless of how long the answers take. */
  steady: {
    order: {
      /** Messages a second over all rooms. */
      readonly rate: number;
      readonly bodyBytes: number;
      readonly warmMs: number;
      readonly measureMs: number;
      /** How long to wait for the last ones. */
      readonly graceMs: number;
      /** The server's processes, whose CPU time is read. */
      readonly pids: readonly number[];
      /** The processes of its store, likewise; none by default. */
      readonly storePids?: readonly number[];
    };
    report: {
      /** Messages that were sent, including those of the warm-up. */
      readonly sent: number;
      /** The share of all due deliveries that arrived in time. */
      readonly arrived: number;
      /** Messages and deliveries in the measured time, a second. */
      readonly messagesPerSecond: number;
      readonly deliveriesPerSecond: number;
      readonly latency: Latency;
      /** CPU time divided by time in the measured window, 1 is one core; undefined if unknown. */
      readonly serverCpu: number | undefined;
      readonly storeCpu: number | undefined;
      readonly generatorCpu: number;
      /** Gaps and repeats in the order of entries, as seen by one client of each room. */
      readonly outOfOrder: number;
      /** Connections that ended. */
      readonly lost: number;
    };
  };
  /** One message at a time, each after the last one arrived and a pause. */
  quiet: {
    order: {
      readonly messages: number;
      readonly bodyBytes: number;
      readonly pauseMs: number;
      /**
       * Who must receive it: its author, or the next client of the room, which is on another node.
       */
      readonly reader: "author" | "neighbour";
    };
    report: { readonly latency: Latency; readonly generatorCpu: number };
  };
  /** Some clients of each room stop reading. */
  silence: { order: { readonly perRoom: number }; report: { readonly silent: number } };
  /** They read again; reports their close codes. */
  wake: {
    order: { readonly waitMs: number };
    report: { readonly closed: Readonly<Record<number, number>> };
  };
  /** Joins clients that reconnect by themselves, and lets each room send a few messages. */
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
      /**
       * From the kill until this share of them was back with everything that they had missed, in
       * ms.
       */
      readonly backAfter: { readonly p50: number; readonly p99: number; readonly all: number };
      readonly back: number;
      readonly wanted: number;
      /** Connection attempts that failed. */
      readonly failedTries: number;
      /** Entries that arrived while a client was away, and that its join returned. */
      readonly caughtUp: number;
      /** Rejoins that were answered with a new window instead of the missed entries. */
      readonly notRecovered: number;
      /** Gaps and repeats in what any client saw, from before the kill to the end. */
      readonly outOfOrder: number;
      /** Clients that did not have the last entry of their room at the end. */
      readonly behind: number;
      /** How long the echo took for messages of returned clients. */
      readonly echo: Latency;
      readonly generatorCpu: number;
    };
  };
}

export type OrderName = keyof Orders;
export type Order = { [N in OrderName]: { readonly do: N } & Orders[N]["order"] }[OrderName];

/** A message between the processes. */
export interface Asked {
  readonly id: number;
  readonly order: Order;
}

export type Answered =
  | { readonly id: number; readonly is: "done"; readonly report: Orders[OrderName]["report"] }
  | { readonly id: number; readonly is: "failed"; readonly why: string };
