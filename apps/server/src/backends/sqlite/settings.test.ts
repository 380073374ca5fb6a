import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { holdsFrom, withEntry, type Settings } from "@parley/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { chatDraft, deleteDraft, setDraft } from "../../../test/drafts.ts";
import type { Draft } from "../../log/log.ts";
import { recoverLog } from "./recovery.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let dataDir: string;
let db: DatabaseSync;
let store: SqliteStore;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-settings-"));
  db = openDatabase(dataDir);
  store = new SqliteStore(db);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true, force: true });
});

const add = (draft: Draft) => store.transaction(() => store.append("lobby", draft));
const read = () => store.read("lobby", { limit: 10, withSettings: true });
const valuesOf = () => read().settings?.map(({ payload }) => [payload.key, payload.value]);

it("[G2] [D1] sets nothing if the transaction fails", () => {
  add(setDraft("name", "Bees"));
  const failing = () => {
    store.append("lobby", setDraft("name", "Wasps"));
    throw new Error("disk full");
  };
  expect(() => store.transaction(failing)).toThrow("disk full");
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[O3] [G2] takes a setting that its disk has altered from the log, and says so by a new epoch", () => {
  add(setDraft("topic", "Honey"));
  add(setDraft("name", "Bees"));
  const { epoch } = read();
  db.exec(`UPDATE setting SET payload = '{"key":"name","value":"Wasps"}' WHERE setting = 'name'`);
  const page = read();
  expect(page.epoch).not.toBe(epoch);
  expect(valuesOf()).toEqual([
    ["topic", "Honey"],
    ["name", "Bees"],
  ]);
  expect(store.takeFindings()).toEqual([{ roomId: "lobby", entries: 1 }]);
  expect(read().epoch).toBe(page.epoch);
});

it("[O3] [G2] takes a setting for another key's copy if its key is altered", () => {
  add(setDraft("name", "Bees"));
  db.exec("UPDATE setting SET setting = 'topic'");
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[O3] [G2] goes back with the log if its last entries are lost", () => {
  add(setDraft("name", "Bees"));
  add(chatDraft("hi"));
  add(setDraft("name", "Wasps"));
  db.exec("UPDATE fresh SET crc = 0 WHERE seq = 3");
  expect(recoverLog(db, store.newest)).toHaveLength(1);
  store = new SqliteStore(db);
  expect(read()).toMatchObject({ head: 2 });
  expect(valuesOf()).toEqual([["name", "Bees"]]);
});

it("[G2] forgets the pins of trimmed messages with the next setting", () => {
  add(chatDraft("hi"));
  add(setDraft("pin:1", true));
  store.transaction(() => store.trim("lobby", 1, 0, 10));
  expect(valuesOf()).toEqual([]);
  add(setDraft("name", "Bees"));
  expect(db.prepare("SELECT setting FROM setting").all()).toEqual([{ setting: "name" }]);
});

const MORE_THAN_ALL = 1_000;
const seq = fc.integer({ min: 1, max: 30 });
const value = fc.constantFrom("Bees", "Wasps", null);
const few = fc.integer({ min: 1, max: 6 });
/** What happens to a room: something is added, or it is trimmed, or its disk loses or alters some of it. */
const act = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ do: "add" as const, what: () => chatDraft("hi") }) },
  {
    weight: 4,
    arbitrary: fc.record({ key: fc.constantFrom("name", "topic"), value }).map((set) => ({
      do: "add" as const,
      what: () => setDraft(set.key, set.value),
    })),
  },
  {
    weight: 4,
    arbitrary: fc.record({ seq, value: fc.constantFrom(true, null) }).map((pin) => ({
      do: "add" as const,
      what: () => setDraft(`pin:${pin.seq}`, pin.value),
    })),
  },
  {
    weight: 2,
    arbitrary: seq.map((at) => ({ do: "add" as const, what: () => deleteDraft(at) })),
  },
  { weight: 2, arbitrary: few.map((entries) => ({ do: "trim" as const, what: entries })) },
  { weight: 1, arbitrary: few.map((entries) => ({ do: "lose" as const, what: entries })) },
  { weight: 1, arbitrary: few.map((nth) => ({ do: "alter" as const, what: nth })) },
);

it("[O3] [G2] says what the log says, however it was trimmed, lost and altered", () => {
  // Nothing here depends on a sync, and each takes long.
  db.exec("PRAGMA synchronous = OFF");
  let rooms = 0;
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) => {
      rooms += 1;
      const room = new RoomOnBadDisk(`room-${rooms}`);
      try {
        for (const act of acts) room[act.do](act.what as never);
      } finally {
        // What is trimmed stays in the write buffer's table while an older entry of another room does.
        room.trim(MORE_THAN_ALL);
      }
    }),
    { numRuns: 40 },
  );
});

/** A room of the store beside a model of its settings, which have to be the same after every act. */
class RoomOnBadDisk {
  readonly #id: string;
  #model: Settings = new Map();

  constructor(id: string) {
    this.#id = id;
  }

  add(draftOf: () => Draft): void {
    const stored = store.transaction(() => store.append(this.#id, draftOf()));
    if (stored.is === "new")
      this.#model = this.#read().entries.slice(-1).reduce(withEntry, this.#model);
    this.#check();
  }

  trim(entries: number): void {
    store.transaction(() => store.trim(this.#id, 0, Infinity, entries));
    this.#check();
  }

  /** The last entries are lost, those that are still in the write buffer. */
  lose(entries: number): void {
    const { epoch, head } = this.#read();
    const ofRoom = "room = (SELECT key FROM room WHERE id = ?)";
    db.prepare(`UPDATE fresh SET crc = 0 WHERE seq > ? AND ${ofRoom}`).run(
      head - entries,
      this.#id,
    );
    const isLost = recoverLog(db, store.newest).length > 0;
    store = new SqliteStore(db);
    if (isLost) this.#reset();
    this.#check();
    assert.equal(this.#read().epoch === epoch, !isLost);
  }

  /** The disk alters a setting. */
  alter(nth: number): void {
    const { epoch } = this.#read();
    const which = "room = (SELECT key FROM room WHERE id = ?)";
    const keys = db.prepare(`SELECT setting FROM setting WHERE ${which}`).all(this.#id);
    const key = keys[nth - 1]?.["setting"];
    if (typeof key !== "string") return;
    db.prepare(`UPDATE setting SET crc = 0 WHERE setting = ? AND ${which}`).run(key, this.#id);
    this.#reset(key);
    this.#check();
    assert.notEqual(this.#read().epoch, epoch);
  }

  #read() {
    return store.read(this.#id, { after: 0, limit: MORE_THAN_ALL, withSettings: true });
  }

  /** What is after the head is lost, and so is what was altered; the log says the rest. */
  #reset(altered?: string): void {
    const { head, entries } = store.read(this.#id, { after: 0, limit: MORE_THAN_ALL });
    const left = [...this.#model].filter(
      ([key, { payload }]) => payload.seq <= head && key !== altered,
    );
    this.#model = entries.reduce<Settings>(withEntry, new Map(left));
  }

  #check(): void {
    const { first, settings } = this.#read();
    const held = [...this.#model.values()].filter(({ payload }) => holdsFrom(payload.key, first));
    const inOrder = held.toSorted((one, other) => one.payload.seq - other.payload.seq);
    assert.deepEqual(settings, inOrder);
  }
}
