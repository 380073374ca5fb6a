import { beforeEach, describe, expect, it } from "vitest";
import { ann } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FanOutRoom } from "../../test/fan-out-room.ts";
import { settled } from "@parley/testkit/settled";
import type { FanOut } from "./fan-out.ts";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";

let room: FanOutRoom;
let fanOut: FanOut;
/** Pages that were read and are on their way. */
let onTheWay: (() => void)[];

beforeEach(() => {
  onTheWay = [];
  room = new FanOutRoom({
    readAfter: (seq, limit) => {
      const page = room.after(seq, limit);
      return new Promise((resolve) => {
        onTheWay.push(() => resolve(page));
      });
    },
  });
  ({ fanOut } = room);
});

/** The pages that are on their way arrive. */
async function arrive(): Promise<void> {
  for (const page of onTheWay.splice(0)) page();
  await settled();
}

/** A reader with a backlog, who was sent "one". */
async function slowReader() {
  const connection = new FakeConnection();
  connection.unread = BACKLOG_BYTES_MAX + 1;
  fanOut.add(connection, ann.id, 0);
  connection.unread = 0;
  room.say("one");
  connection.drain();
  await arrive();
  connection.unread = BACKLOG_BYTES_MAX + 1;
  room.say("two");
  await settled();
  expect(connection.readGist()).toEqual(["chat one", "chat two"]);
  return connection;
}

describe("somebody for whom the log is read", () => {
  it("[O2] [R3] gets what was said while it was read, and found to have no more", async () => {
    const connection = await slowReader();
    connection.drain();
    for (const message of ["three", "four"]) room.say(message);
    await settled();
    await arrive();
    await arrive();
    room.say("five");
    await settled();
    expect(connection.readGist()).toEqual(["chat three", "chat four", "chat five"]);
  });
});
