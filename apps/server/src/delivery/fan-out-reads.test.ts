import type { EntryFrame } from "@parley/protocol";
import { beforeEach, describe, expect, it } from "vitest";
import { ann, chatDraft } from "../../test/drafts.ts";
import { FakeConnection } from "../../test/fake-connection.ts";
import { FakeTime } from "../../test/fake-time.ts";
import { settled } from "@parley/testkit/settled";
import { FanOut } from "./fan-out.ts";
import { BACKLOG_BYTES_MAX } from "../limits/limits.ts";
import { numbered } from "../log/log.ts";

/** Everything that was said; the log has it before the room tells of it. */
let entries: EntryFrame[];
/** Pages that were read and are on their way. */
let onTheWay: (() => void)[];
let fanOut: FanOut;

beforeEach(() => {
  entries = [];
  onTheWay = [];
  fanOut = new FanOut({
    timers: new FakeTime().timers,
    readAfter: (seq, limit) => {
      const page = entries.filter(({ payload }) => payload.seq > seq).slice(0, limit);
      return new Promise((resolve) => {
        onTheWay.push(() => resolve(page));
      });
    },
    onDelivered: () => {},
    onFailure: (_subscriber, error) => expect.fail(String(error)),
  });
});

function say(message: string): void {
  const entry = numbered(chatDraft(message), entries.length + 1);
  entries.push(entry);
  fanOut.entry(entry);
}

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
  say("one");
  connection.drain();
  await arrive();
  connection.unread = BACKLOG_BYTES_MAX + 1;
  say("two");
  await settled();
  expect(connection.readGist()).toEqual(["chat one", "chat two"]);
  return connection;
}

describe("somebody for whom the log is read", () => {
  it("[O2] [R3] gets what was said while it was read, and found to have no more", async () => {
    const connection = await slowReader();
    connection.drain();
    for (const message of ["three", "four"]) say(message);
    await settled();
    await arrive();
    await arrive();
    say("five");
    await settled();
    expect(connection.readGist()).toEqual(["chat three", "chat four", "chat five"]);
  });
});
