import type { SubjectName } from "./processes/subject.ts";

/** How many joins the load generator has in flight. */
export const JOINS_AT_ONCE = 200;

/** Clients in rooms of one size. */
interface RoomSizes {
  readonly rooms: number;
  /** Clients in each room. */
  readonly size: number;
}

/** A search for the highest rate that is held; rates are in messages a second over all rooms. */
export interface LadderSizes extends RoomSizes {
  readonly bodyBytes: number;
  /** The first rate, and how many to try between the last one held and the first one failed. */
  readonly first: number;
  readonly between: number;
  /** How often a rate is tried until it counts as failed. */
  readonly tries: number;
  readonly warmMs: number;
  readonly stepMs: number;
  readonly graceMs: number;
}

/** A fixed rate. */
interface SteadySizes extends RoomSizes {
  readonly bodyBytes: number;
  readonly rate: number;
  readonly warmMs: number;
  readonly measureMs: number;
  readonly graceMs: number;
}

/** A fixed rate for several servers in turn; the times are those of one round. */
export interface TurnsSizes extends SteadySizes {
  readonly rounds: number;
}

/** Many idle clients. */
export interface IdleSizes {
  readonly guests: number;
  /** Clients in each room. */
  readonly size: number;
  /** How long they are left idle before the server's memory is read. */
  readonly settleMs: number;
}

export interface Sizes {
  /** The servers of rows that compare all; ours comes first. */
  readonly compared: readonly SubjectName[];
  readonly fanOut: LadderSizes;
  readonly cpu: TurnsSizes;
  readonly light: TurnsSizes;
  readonly nodesCpu: SteadySizes;
  /** Rooms so small that a message costs its nodes more than its deliveries. */
  readonly affinity: SteadySizes;
  readonly durable: LadderSizes;
  readonly memory: IdleSizes;
  readonly latency: RoomSizes & { readonly messages: number; readonly pauseMs: number };
  readonly joins: RoomSizes;
  readonly restart: RoomSizes & { readonly withinMs: number };
  readonly slow: SteadySizes & {
    readonly silentARoom: number;
    readonly compared: readonly SubjectName[];
  };
  readonly idle: IdleSizes;
  readonly http: {
    /** All in one room, reading the messages of a few. */
    readonly readers: IdleSizes & Omit<SteadySizes, keyof RoomSizes>;
    readonly posts: LadderSizes;
  };
  readonly files: {
    /** The size of each file. */
    readonly mebibytes: number;
    /** How often each speed is measured. */
    readonly rounds: number;
    /** How many upload a file at the same time. */
    readonly uploads: number;
  };
}

const rooms = { rooms: 10, size: 100, bodyBytes: 64 } as const;
const pairs = { rooms: 500, size: 2, bodyBytes: 64 } as const;
const steps = { between: 3, tries: 2, warmMs: 1_000, stepMs: 4_000, graceMs: 500 } as const;
const rounds = { rounds: 5, warmMs: 500, measureMs: 2_000, graceMs: 500 } as const;

export const FULL: Sizes = {
  compared: ["parley", "ws-rooms", "ws-loop", "socket.io"],
  fanOut: { ...rooms, ...steps, first: 500 },
  cpu: { ...rooms, ...rounds, rate: 1_000 },
  light: { ...rooms, ...rounds, rate: 300 },
  nodesCpu: { ...rooms, rate: 1_000, warmMs: 2_000, measureMs: 8_000, graceMs: 500 },
  affinity: {
    rooms: 100,
    size: 6,
    bodyBytes: 64,
    rate: 1_000,
    warmMs: 2_000,
    measureMs: 8_000,
    graceMs: 500,
  },
  durable: { ...pairs, ...steps, first: 2_000 },
  memory: { guests: 15_000, size: 100, settleMs: 20_000 },
  latency: { rooms: 50, size: 2, messages: 400, pauseMs: 15 },
  joins: { rooms: 50, size: 100 },
  restart: { rooms: 100, size: 100, withinMs: 60_000 },
  slow: {
    rooms: 10,
    size: 100,
    bodyBytes: 2_000,
    rate: 500,
    warmMs: 1_000,
    measureMs: 25_000,
    graceMs: 500,
    silentARoom: 5,
    compared: ["parley", "ws-rooms", "socket.io"],
  },
  idle: { guests: 19_000, size: 100, settleMs: 20_000 },
  http: {
    readers: {
      guests: 5_000,
      size: 5_000,
      settleMs: 20_000,
      bodyBytes: 64,
      rate: 10,
      warmMs: 2_000,
      measureMs: 10_000,
      graceMs: 1_000,
    },
    posts: { ...pairs, ...steps, first: 1_000 },
  },
  files: { mebibytes: 25, rounds: 5, uploads: 200 },
};

const quickSteps = { between: 1, tries: 1, warmMs: 300, stepMs: 1_000, graceMs: 300 } as const;
const quickRounds = { rounds: 2, warmMs: 300, measureMs: 700, graceMs: 300 } as const;

/** The same in under two minutes: fewer servers and clients, shorter runs, coarser steps. */
export const QUICK: Sizes = {
  compared: ["parley", "ws-rooms", "socket.io"],
  fanOut: { ...rooms, ...quickSteps, first: 1_000 },
  cpu: { ...rooms, ...quickRounds, rate: 1_000 },
  light: { ...rooms, ...quickRounds, rate: 300 },
  nodesCpu: { ...rooms, rate: 1_000, warmMs: 500, measureMs: 1_500, graceMs: 300 },
  affinity: {
    rooms: 100,
    size: 6,
    bodyBytes: 64,
    rate: 1_000,
    warmMs: 500,
    measureMs: 1_500,
    graceMs: 300,
  },
  durable: { ...pairs, ...quickSteps, first: 8_000 },
  memory: { guests: 3_000, size: 100, settleMs: 1_500 },
  latency: { rooms: 50, size: 2, messages: 100, pauseMs: 5 },
  joins: { rooms: 10, size: 100 },
  restart: { rooms: 20, size: 100, withinMs: 30_000 },
  slow: {
    rooms: 10,
    size: 100,
    bodyBytes: 2_000,
    rate: 500,
    warmMs: 500,
    measureMs: 2_500,
    graceMs: 300,
    silentARoom: 5,
    compared: ["parley"],
  },
  idle: { guests: 4_000, size: 100, settleMs: 1_500 },
  http: {
    readers: {
      guests: 1_000,
      size: 1_000,
      settleMs: 1_500,
      bodyBytes: 64,
      rate: 20,
      warmMs: 500,
      measureMs: 2_000,
      graceMs: 500,
    },
    posts: { ...pairs, ...quickSteps, first: 2_000 },
  },
  files: { mebibytes: 5, rounds: 2, uploads: 20 },
};
