import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Goodbye } from "./transport.ts";
import { openWebSocket } from "./websocket.ts";

/** The part of the platform's WebSocket that is used, with the platform's rule for close codes. */
class PlatformSocket extends EventTarget {
  static readonly OPEN = 1;
  static last: PlatformSocket | undefined;
  readyState = 0;
  readonly opened: readonly string[];
  readonly sent: string[] = [];
  closedWith: number | undefined;

  constructor(...opened: string[]) {
    super();
    this.opened = opened;
    PlatformSocket.last = this;
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code: number): void {
    if (code !== 1000 && (code < 3000 || code > 4999)) throw new Error(`${code} is not allowed.`);
    this.closedWith = code;
  }

  happens(type: string, fields: object = {}): void {
    this.dispatchEvent(Object.assign(new Event(type), fields));
  }
}

/** A transport, the platform's socket beneath it, and what it reported. */
function open(early?: PlatformSocket) {
  const transport = openWebSocket("ws://test/ws", early as unknown as WebSocket | undefined);
  const socket = PlatformSocket.last;
  if (!socket) throw new Error("No socket was opened.");
  const told: unknown[] = [];
  transport.listen({
    opened: () => told.push("opened"),
    received: (text) => told.push(text),
    closed: (code) => told.push(code),
  });
  return { transport, socket, told };
}

beforeEach(() => void vi.stubGlobal("WebSocket", PlatformSocket));
afterEach(() => void vi.unstubAllGlobals());

describe("a WebSocket", () => {
  it("asks for the subprotocol", () => {
    expect(open().socket.opened).toEqual(["ws://test/ws", "parley.v1"]);
  });

  it("takes over one that is open already, and says so after it is listened to", async () => {
    const early = new PlatformSocket("ws://test/ws");
    early.readyState = PlatformSocket.OPEN;
    const { socket, told } = open(early);
    expect(socket).toBe(early);
    expect(told).toEqual([]);
    await Promise.resolve();
    expect(told).toEqual(["opened"]);
  });

  it("reports what happens to it, and ignores binary frames", () => {
    const { socket, told } = open();
    socket.happens("open");
    socket.happens("message", { data: "hello" });
    socket.happens("message", { data: new ArrayBuffer(1) });
    socket.happens("close", { code: 1012 });
    expect(told).toEqual(["opened", "hello", 1012]);
  });

  it("sends text", () => {
    const { transport, socket } = open();
    transport.send("hello");
    expect(socket.sent).toEqual(["hello"]);
  });

  const codes: [Goodbye, number][] = [
    ["left", 1000],
    ["lost", 4001],
  ];
  it.each(codes)("[P4] that is %s closes with %i", (how, code) => {
    const { transport, socket } = open();
    transport.close(how);
    expect(socket.closedWith).toBe(code);
  });
});
