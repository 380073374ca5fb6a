import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { CloseCode } from "@parley/protocol";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { FakeTime } from "../../../test/fake-time.ts";
import { Backlogs } from "../../limits/backlogs.ts";
import type { Work } from "../../limits/fair-turns.ts";
import { SocketConnection, WAITING_FRAMES_MAX } from "./connection.ts";
import type { PeerSocket } from "./peer-socket.ts";
import { textFrame } from "./text-frames.ts";

const MIB = 1024 * 1024;
const FRAME = "a frame";

/** A connection for which so many bytes wait. */
function connectionWithUnread(bytes: number) {
  const written: unknown[] = [];
  const closed: number[] = [];
  const cut: string[] = [];
  const ws = Object.assign(new EventEmitter(), {
    readyState: WebSocket.OPEN,
    _receiver: {},
    close: (code: number) => closed.push(code),
  });
  const socket = {
    writableLength: bytes,
    writableNeedDrain: true,
    bytesWritten: bytes,
    write: (frame: unknown) => written.push(frame),
  };
  const connection = new SocketConnection(
    ws as unknown as PeerSocket,
    socket as unknown as Socket,
    "192.0.2.1",
    {
      timers: new FakeTime().timers,
      backlogs: new Backlogs(Infinity),
      onCutOff: (why) => cut.push(why),
      onEnded: () => {},
      sent: () => 0,
      admitLargeFrame: () => undefined,
      turns: { take: (_, work) => (work(), 0) },
    },
  );
  return { connection, written, closed, cut };
}

describe("a connection for which much waits", () => {
  it("is written to while no more than 1 MiB waits", () => {
    const { connection, written, closed, cut } = connectionWithUnread(MIB);
    connection.send(FRAME);
    expect([written, closed, cut]).toEqual([[textFrame(FRAME)], [], []]);
  });

  it("is cut off with the first frame after that, which is not written", () => {
    const { connection, written, closed, cut } = connectionWithUnread(MIB + 1);
    connection.send(FRAME);
    expect([written, closed, cut]).toEqual([[], [CloseCode.tooSlow], ["unread"]]);
  });
});

describe("a connection whose turn is to come", () => {
  function busyConnection() {
    const line: Work[] = [];
    const happened: string[] = [];
    const ws = Object.assign(new EventEmitter(), {
      readyState: WebSocket.OPEN,
      _receiver: {},
      isPaused: false,
      pause: () => (ws.isPaused = true),
      resume: () => (ws.isPaused = false),
    });
    const connection = new SocketConnection(
      ws as unknown as PeerSocket,
      {} as Socket,
      "192.0.2.1",
      {
        timers: new FakeTime().timers,
        backlogs: new Backlogs(Infinity),
        onCutOff: () => {},
        onEnded: () => {},
        sent: () => 0,
        admitLargeFrame: () => undefined,
        turns: { take: (_, work) => line.push(work) },
      },
    );
    connection.listen({
      receive: (text) => happened.push(text),
      receiveBinary: () => happened.push("binary"),
      receiveControl: () => {},
      closed: (code) => happened.push(`closed ${code}`),
    });
    const say = (text: string) => ws.emit("message", Buffer.from(text), false);
    return { ws, line, happened, say };
  }

  it("is not read from where much waits, until all of it was handled and its turn comes", () => {
    const { ws, line, happened, say } = busyConnection();
    const texts = Array.from({ length: WAITING_FRAMES_MAX }, (_, n) => `${n}`);
    for (const text of texts.slice(1)) say(text);
    expect(ws.isPaused).toBe(false);
    say("last");
    expect(ws.isPaused).toBe(true);
    for (const work of line.splice(0, WAITING_FRAMES_MAX - 1)) work();
    expect([happened, ws.isPaused]).toEqual([texts.slice(1), true]);
    line.shift()?.();
    expect([happened, ws.isPaused]).toEqual([[...texts.slice(1), "last"], true]);
    line.shift()?.();
    expect([ws.isPaused, line]).toEqual([false, []]);
  });

  it("[D1] has what it sent handled before its end", () => {
    const { ws, line, happened, say } = busyConnection();
    say("one");
    ws.emit("close", 1000);
    expect(happened).toEqual([]);
    for (const work of line) work();
    expect(happened).toEqual(["one", "closed 1000"]);
  });
});
