import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeClock, type FakeClock } from "../testing/fake-clock.ts";
import { createLadder, type OpenRung, type Rung } from "./ladder.ts";
import { socketFirst } from "./socket-first.ts";
import type { Goodbye, Transport, TransportListener } from "./transport.ts";

/** A connection that the test controls. */
class FakeTransport implements Transport {
  readonly rung: Rung;
  listener: TransportListener | undefined;
  readonly sent: string[] = [];
  goodbye: Goodbye | undefined;

  constructor(rung: Rung) {
    this.rung = rung;
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }
  send(text: string): void {
    this.sent.push(text);
  }
  close(how: Goodbye): void {
    this.goodbye = how;
  }
}

const URL = "ws://test/ws";
let opened: FakeTransport[];
let reached: Rung[];
let clock: FakeClock;
let isServerUp: boolean;
let comesBack: () => void;
beforeEach(() => {
  opened = [];
  reached = [];
  clock = fakeClock();
  isServerUp = true;
});

const open = (rung: Rung) => () => {
  const transport = new FakeTransport(rung);
  opened.push(transport);
  return transport;
};

const ladderFrom = (start: Rung | undefined): OpenRung =>
  createLadder({
    start,
    reached: (rung) => void reached.push(rung),
    clock,
    openers: { socket: open("socket"), stream: open("stream"), poll: open("poll") },
    answers: async () => isServerUp,
    onOnline: (run) => {
      comesBack = run;
      return () => {};
    },
  });

/** Opens the next connection; returns it, and what it reports. */
async function next(ladder: OpenRung) {
  const transport = await ladder(URL);
  const told: unknown[] = [];
  transport.listen({
    opened: () => told.push("opened"),
    received: (text) => told.push(text),
    closed: (code) => told.push(code),
  });
  const under = opened.at(-1);
  if (!under?.listener) throw new Error("Nothing was opened.");
  return { transport, told, under, listener: under.listener };
}

async function fails(ladder: OpenRung): Promise<Rung> {
  const { under, listener } = await next(ladder);
  listener.closed(1006);
  return under.rung;
}

/** Waits for what needs no time to pass. */
const settled = () =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

describe("[H3] the ladder", () => {
  it("goes down a rung if one receives nothing, and from the last to the first", async () => {
    const ladder = ladderFrom("socket");
    const tried = [];
    for (let n = 0; n < 6; n += 1) tried.push(await fails(ladder));
    expect(tried).toEqual(["socket", "socket", "stream", "poll", "socket", "socket"]);
  });

  it("tries one more WebSocket after one that received nothing, and continues with a stream", async () => {
    const ladder = ladderFrom(undefined);
    expect([await fails(ladder), await fails(ladder)]).toEqual(["socket", "stream"]);
  });

  it("blames no rung if the server is away, or back a moment later", async () => {
    isServerUp = false;
    const ladder = ladderFrom(undefined);
    const tried = [await fails(ladder)];
    await settled();
    isServerUp = true;
    tried.push(await fails(ladder), await fails(ladder), await fails(ladder));
    expect(tried).toEqual(["socket", "socket", "socket", "stream"]);
  });

  it("stays where it is while the server does not answer", async () => {
    isServerUp = false;
    const ladder = ladderFrom("stream");
    expect([await fails(ladder), await fails(ladder)]).toEqual(["stream", "stream"]);
  });

  it("goes down if a client that received nothing gives up", async () => {
    const ladder = ladderFrom("stream");
    const { transport, listener } = await next(ladder);
    listener.opened();
    transport.close("lost");
    expect((await next(ladder)).under.rung).toBe("poll");
  });

  it("goes down if streams fall silent twice, and not if they break off", async () => {
    const ladder = ladderFrom("stream");
    for (const silent of [false, false, true, true]) {
      const { transport, listener, under } = await next(ladder);
      expect(under.rung).toBe("stream");
      listener.received("joined");
      if (silent) transport.close("lost");
      else listener.closed(1006);
    }
    expect((await next(ladder)).under.rung).toBe("poll");
  });

  it("reports which rung reached the room", async () => {
    const ladder = ladderFrom("stream");
    const { listener, told } = await next(ladder);
    listener.opened();
    listener.received("joined");
    listener.received("more");
    expect(told).toEqual(["opened", "joined", "more"]);
    expect(reached).toEqual(["stream"]);
  });

  it("goes back up once a WebSocket answers beside it", async () => {
    const ladder = ladderFrom("poll");
    const { listener, told, under } = await next(ladder);
    listener.received("joined");
    clock.advance(20_000);
    const first = opened.at(-1);
    expect(first?.rung).toBe("socket");
    first?.listener?.closed(1006);
    await settled();
    expect(told).toEqual(["joined"]);

    clock.advance(600_000);
    const second = opened.at(-1);
    expect(second).not.toBe(first);
    second?.listener?.opened();
    expect(second?.sent).toEqual(['{"type":"ping","payload":{}}']);
    second?.listener?.received("pong");
    await settled();
    expect(second?.goodbye).toBe("left");
    expect(told).toEqual(["joined", 1006]);
    expect(under.goodbye).toBe("lost");
    expect((await next(ladder)).under.rung).toBe("socket");
  });

  it("tries upwards when the network is back, and not after its connection is over", async () => {
    const ladder = ladderFrom("poll");
    const { listener, transport } = await next(ladder);
    listener.received("joined");
    comesBack();
    comesBack();
    expect(opened.map(({ rung }) => rung)).toEqual(["poll", "socket"]);
    transport.close("lost");
    opened.at(-1)?.listener?.received("pong");
    await settled();
    expect((await next(ladder)).under.rung).toBe("poll");
  });
});

describe("[H3] WebSockets first", () => {
  class FailingSocket extends EventTarget {
    static opened = 0;
    constructor() {
      super();
      FailingSocket.opened += 1;
      queueMicrotask(() => this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 })));
    }
    close(): void {}
  }

  beforeEach(() => {
    FailingSocket.opened = 0;
    vi.stubGlobal("WebSocket", FailingSocket);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  /** Opens this many connections, one after the other; returns how many were WebSockets. */
  async function socketsOf(opening: (url: string) => Transport, times: number): Promise<number> {
    for (let n = 0; n < times; n += 1) {
      opening(URL).listen({ opened() {}, received() {}, closed() {} });
      await settled();
    }
    return FailingSocket.opened;
  }

  it("opens one, then what the ladder opens", async () => {
    const opening = socketFirst(async () => ladderFrom("stream"), undefined);
    expect(await socketsOf(opening, 2)).toBe(1);
    expect(opened.map(({ rung }) => rung)).toEqual(["stream"]);
  });

  it("starts with the ladder if it was needed lately", async () => {
    const opening = socketFirst(async () => ladderFrom("poll"), "poll");
    expect(await socketsOf(opening, 1)).toBe(0);
    expect(opened.map(({ rung }) => rung)).toEqual(["poll"]);
  });

  it("opens a WebSocket if the ladder cannot be loaded", async () => {
    const opening = socketFirst(() => Promise.reject(new Error("It is away.")), "poll");
    expect(await socketsOf(opening, 2)).toBe(2);
  });

  it("waits for the ladder for three seconds, then opens a WebSocket without it", async () => {
    vi.useFakeTimers();
    const opening = socketFirst(() => new Promise(() => {}), "poll")(URL);
    opening.listen({ opened() {}, received() {}, closed() {} });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(FailingSocket.opened).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(FailingSocket.opened).toBe(1);
  });

  it("closes a connection that opened too late", async () => {
    const opening = socketFirst(async () => ladderFrom("poll"), "poll")(URL);
    opening.listen({ opened() {}, received() {}, closed() {} });
    opening.close("left");
    await settled();
    expect(opened[0]?.goodbye).toBe("left");
  });
});
