import type { DialectName } from "./dialect.ts";

/** The members of a large population that one load generator has. */
export interface Part {
  /** The index of its first member among all. */
  readonly first: number;
  readonly count: number;
  /** The loopback addresses that they come from, in turn. */
  readonly addresses: readonly string[];
}

/** How far joining came. */
export interface Joined {
  readonly joined: number;
  readonly wanted: number;
  /** Attempts that were refused or cut off. */
  readonly failed: number;
  /** Until the last one was in, or it stopped. */
  readonly ms: number;
  /** Whether it stopped because the time was over. */
  readonly isLate: boolean;
}

/**
 * The orders to several load generators that share a population. Their clock is that of
 * `sharedNow`.
 */
export interface LargeOrders {
  /** Joins its part of the members. */
  populate: {
    order: {
      readonly dialect: DialectName;
      /** One for each proxy. */
      readonly ports: readonly number[];
      readonly part: Part;
      /** How many rooms all generators' members are in, in turn. */
      readonly rooms: number;
      readonly atOnce: number;
      readonly withinMs: number;
    };
    report: Joined;
  };
  /** Stops joining. */
  halt: { order: object; report: object };
  /** Some of its members leave for another room. */
  move: {
    order: {
      readonly room: number;
      readonly count: number;
      readonly atOnce: number;
      readonly withinMs: number;
    };
    report: Joined;
  };
  /** Some more join one after another, each after the last one left; reports how long each took. */
  visit: {
    order: { readonly visits: number; readonly rooms: number };
    report: { readonly tookMs: readonly number[] };
  };
  /** Sends at a fixed rate, and counts what arrives. */
  talk: {
    order: {
      /** One character, which no other talk of these members has. */
      readonly mark: string;
      /** The number of its first message; no two generators send the same. */
      readonly firstNumber: number;
      /** Messages a second of its members. */
      readonly rate: number;
      readonly bodyBytes: number;
      /** Only members of this room speak. */
      readonly room: number | undefined;
      readonly startsAt: number;
      readonly warmMs: number;
      readonly measureMs: number;
      readonly graceMs: number;
      /** The delay of every such delivery is kept. */
      readonly sampleEvery: number;
    };
    report: {
      readonly sent: number;
      /** All that arrived. */
      readonly arrived: number;
      /** What arrived in the measured time. */
      readonly deliveries: number;
      /** How late deliveries were, in ms. */
      readonly delays: Float64Array;
      /** Connections that ended. */
      readonly lost: number;
    };
  };
  /** A member that loses its connection from now on joins again; waits until all have. */
  "come back": {
    order: { readonly withinMs: number };
    report: {
      readonly wanted: number;
      /** When each was back. */
      readonly backAt: Float64Array;
      readonly failed: number;
    };
  };
}
