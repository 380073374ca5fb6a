import { until } from "@parley/testkit";
import { describe, expect, it, vi } from "vitest";
import { createIndexedDbOutbox } from "./outbox-indexeddb.ts";
import type { OutboxChannel } from "./outbox-channel.ts";
import type { OutboxRecord } from "./outbox.ts";
import { roomDatabase } from "./room-database.ts";
import { provideIndexedDb } from "../testing/fake-indexeddb.ts";
import { outboxContract } from "../testing/outbox.contract.ts";
import { visit } from "../testing/visit.ts";
import { inRoom, pending } from "../testing/writing.ts";

provideIndexedDb();

let databases = 0;
const newName = () => `rooms-${(databases += 1)}`;
const silence: OutboxChannel = { post: () => undefined, watch: () => () => undefined };
/** An outbox as a separate tab opens it. */
const openTab = (name: string, channel = silence) =>
  createIndexedDbOutbox(roomDatabase(name), channel);
const written = (id: string): OutboxRecord => ({
  id,
  frame: { type: "chat", payload: { id, message: id } },
  at: 1,
});

outboxContract("the outbox in IndexedDB", async () => openTab(newName()));

describe("an outbox in IndexedDB", () => {
  it("[D5] is one list for all tabs, in the order of writing", async () => {
    const name = newName();
    const [one, two] = [openTab(name), openTab(name)];
    await one.put("lobby", written("c"));
    await two.put("lobby", written("b"));
    await one.put("lobby", written("a"));
    await two.put("lobby", written("c"));
    const kept = await openTab(name).load("lobby");
    expect(kept.map(({ id }) => id)).toEqual(["c", "b", "a"]);
    expect(await one.load("lobby")).toEqual(kept);
  });

  it("notifies other tabs of changes only", async () => {
    const post = vi.fn<(roomId: string) => void>();
    const outbox = openTab(newName(), { ...silence, post });
    await outbox.put("lobby", written("a"));
    await outbox.remove("lobby", "a");
    await outbox.remove("lobby", "a");
    await outbox.load("lobby");
    expect(post.mock.calls).toEqual([["lobby"], ["lobby"]]);
  });

  it("closes for a newer page, and opens again", async () => {
    const name = newName();
    const open = roomDatabase(name);
    const outbox = createIndexedDbOutbox(open, silence);
    await outbox.put("lobby", written("a"));
    const first = await open();
    first.dispatchEvent(new IDBVersionChangeEvent("versionchange", { oldVersion: 1 }));
    expect(await outbox.load("lobby")).toEqual([written("a")]);
    expect(await open()).not.toBe(first);
  });

  it("[D5] returns what an earlier page wrote", async () => {
    const name = newName();
    const earlier = visit({ outbox: openTab(name) });
    earlier.client.say("one");
    earlier.client.say("two");
    await until(async () => expect(await openTab(name).load("lobby")).toHaveLength(2));
    const room = visit({ outbox: openTab(name) });
    await until(() =>
      expect(pending(room)).toEqual([
        ["one", "queued"],
        ["two", "queued"],
      ]),
    );
  });

  it.each([
    ["is denied", () => vi.spyOn(indexedDB, "open").mockImplementation(denied)],
    ["fails later", () => vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(full)],
  ])(
    "loses nothing where the browser's storage %s: the client goes on in memory",
    async (_, fail) => {
      const outbox = openTab(newName());
      const broken = fail();
      const room = await inRoom({ outbox });
      room.client.say("one");
      room.client.say("two");
      await until(() =>
        expect(pending(room)).toEqual([
          ["one", "sending"],
          ["two", "queued"],
        ]),
      );
      broken.mockRestore();
    },
  );
});

function denied(): never {
  throw new DOMException("No.", "SecurityError");
}

function full(): never {
  throw new DOMException("Full.", "QuotaExceededError");
}
