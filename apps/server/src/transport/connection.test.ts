import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { CloseCode } from "@parley/protocol";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { encodeTextFrame } from "../frame.ts";
import { Backlogs } from "./backlogs.ts";
import { SocketConnection } from "./connection.ts";

const MIB = 1024 * 1024;
const FRAME = encodeTextFrame("a frame");

/** A connection for which so many bytes wait. */
function connectionWithUnread(bytes: number) {
  const written: unknown[] = [];
  const closed: number[] = [];
  const cut: string[] = [];
  const ws = Object.assign(new EventEmitter(), {
    readyState: WebSocket.OPEN,
    close: (code: number) => closed.push(code),
  });
  const socket = {
    writableLength: bytes,
    writableNeedDrain: true,
    bytesWritten: bytes,
    write: (frame: unknown) => written.push(frame),
  };
  const connection = new SocketConnection(
    ws as unknown as WebSocket,
    socket as unknown as Socket,
    "192.0.2.1",
    {
      timers: new FakeTime().timers,
      backlogs: new Backlogs(Infinity),
      onCutOff: (why) => cut.push(why),
      sent: () => 0,
    },
  );
  return { connection, written, closed, cut };
}

describe("a connection for which much waits", () => {
  it("is written to while no more than 1 MiB waits", () => {
    const { connection, written, closed, cut } = connectionWithUnread(MIB);
    connection.send(FRAME);
    expect([written, closed, cut]).toEqual([[FRAME], [], []]);
  });

  it("is cut off with the first frame after that, which is not written", () => {
    const { connection, written, closed, cut } = connectionWithUnread(MIB + 1);
    connection.send(FRAME);
    expect([written, closed, cut]).toEqual([[], [CloseCode.tooSlow], ["unread"]]);
  });
});
