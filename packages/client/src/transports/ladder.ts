import { encode } from "@parley/protocol";
import type { Cancel, Clock } from "../clock.ts";
import { systemClock } from "../clock.ts";
import { openHttp } from "./http.ts";
import { judged, type End } from "./judged.ts";
import { serverAnswers } from "./server-answers.ts";
import type { Transport } from "./transport.ts";
import { openWebSocket } from "./websocket.ts";

/** The transports, best first. */
export type Rung = "socket" | "stream" | "poll";

/** Opens a connection on the rung that last worked. */
export type OpenRung = (url: string) => Promise<Transport>;

export interface LadderDeps {
  /** The first rung; undefined after a WebSocket that received nothing. */
  readonly start: Rung | undefined;
  /** Called when the room was reached on this rung. */
  readonly reached: (rung: Rung) => void;
  readonly clock?: Pick<Clock, "after">;
  readonly openers?: Readonly<Record<Rung, (url: string) => Transport>>;
  /** Whether a server answers over HTTP. */
  readonly answers?: (url: string) => Promise<boolean>;
  /** Calls back when the network is back. */
  readonly onOnline?: (run: () => void) => Cancel;
}

const below = { socket: "stream", stream: "poll", poll: "socket" } as const;

/** After this many failures in a row, the rung below is tried. */
const failuresMax = { socket: 2, stream: 1, poll: 1 } as const;
/** A stream that was given up was muted by the network, or lost: half a failure. */
const MUTED = 0.5;

/** When a WebSocket is tried beside HTTP, in ms: soon after the join, and from time to time. */
const FIRST_TRY_MS = 20_000;
const NEXT_TRY_MS = 600_000;
/** How long the trial may take to answer, in ms. */
const TRY_WITHIN_MS = 10_000;

const openers = {
  socket: openWebSocket,
  stream: (url: string) => openHttp(url, "stream"),
  poll: (url: string) => openHttp(url, "poll"),
};

/** WebSocket, stream, polls: goes down a rung if one receives nothing, and up as soon as it can. */
export function createLadder({
  start,
  reached,
  clock = systemClock,
  openers: open = openers,
  answers = serverAnswers,
  onOnline = pageOnline,
}: LadderDeps): OpenRung {
  let rung = start ?? "socket";
  let failures = start === undefined ? 1 : 0;
  /** Checks after a failed connection whether the server answers; if not, no rung is to blame. */
  let judging: Promise<void> = Promise.resolve();

  function judge(url: string, weight: number): void {
    judging = answers(url).then((does) => {
      failures = does ? failures + weight : 0;
    });
  }

  return async (url) => {
    await judging;
    if (failures >= failuresMax[rung]) {
      rung = below[rung];
      failures = 0;
    }
    const own = rung;
    let stop: Cancel = () => {};
    const ended = (end: End) => {
      stop();
      const weight = weightOf(own, end);
      if (weight > 0) judge(url, weight);
      else if (own !== "stream") failures = 0;
    };
    const transport = open[own](url);
    const climbed = new Climbable(transport);
    return judged(climbed, ended, () => {
      reached(own);
      if (own === "socket") return;
      const climb = () => {
        rung = "socket";
        failures = 0;
        climbed.giveUp();
      };
      stop = tryNowAndThen(() => works(open.socket(url), clock), { clock, onOnline, climb });
    });
  };
}

function weightOf(rung: Rung, { isHeard, isGivenUp }: End): number {
  if (!isHeard) return 1;
  return rung === "stream" && isGivenUp ? MUTED : 0;
}

/** A connection that can be replaced by a better one; its client sees a lost connection. */
class Climbable implements Transport {
  readonly #transport: Transport;
  #closed: (code: number) => void = () => {};

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  listen(listener: Parameters<Transport["listen"]>[0]): void {
    this.#closed = (code) => listener.closed(code);
    this.#transport.listen(listener);
  }

  send(text: string): void {
    this.#transport.send(text);
  }

  close(how: Parameters<Transport["close"]>[0]): void {
    this.#closed = () => {};
    this.#transport.close(how);
  }

  giveUp(): void {
    const closed = this.#closed;
    this.close("lost");
    closed(1006);
  }
}

/** Tries soon, from time to time and when the network is back, until it works or is cancelled. */
function tryNowAndThen(
  works: () => Promise<boolean>,
  {
    clock,
    onOnline,
    climb,
  }: Required<Pick<LadderDeps, "clock" | "onOnline">> & { readonly climb: () => void },
): Cancel {
  let isOver = false;
  let isTrying = false;
  const attempt = async () => {
    if (isTrying) return;
    isTrying = true;
    cancel();
    const isBack = await works();
    isTrying = false;
    if (isOver) return;
    if (isBack) climb();
    else cancel = clock.after(NEXT_TRY_MS, () => void attempt());
  };
  let cancel = clock.after(FIRST_TRY_MS, () => void attempt());
  const forget = onOnline(() => void attempt());
  return () => {
    isOver = true;
    cancel();
    forget();
  };
}

/** Whether a WebSocket carries a frame each way. Closes it in any case. */
function works(socket: Transport, clock: Pick<Clock, "after">): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const cancel = clock.after(TRY_WITHIN_MS, () => resolve(false));
  socket.listen({
    opened: () => socket.send(encode({ type: "ping", payload: {} })),
    received: () => resolve(true),
    closed: () => resolve(false),
  });
  return promise.finally(() => {
    cancel();
    socket.close("left");
  });
}

function pageOnline(run: () => void): Cancel {
  const page = globalThis as Partial<EventTarget>;
  page.addEventListener?.("online", run);
  return () => page.removeEventListener?.("online", run);
}
