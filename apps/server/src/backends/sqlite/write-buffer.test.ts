import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import type { Draft } from "../../log/log.ts";
import { openDatabase } from "./schema.ts";
import { SqliteStore } from "./store.ts";

const LIMITS = { aRoom: 5, inAll: 12, chars: 1_000 };
const ALL = { after: 0, limit: 1_000 };

let dataDir: string;
let db: DatabaseSync;
let store: SqliteStore;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-buffer-"));
  db = openDatabase(dataDir);
  store = new SqliteStore(db, LIMITS);
});
afterEach(() => {
  db.close();
  rmSync(dataDir, { recursive: true });
});

const write = (draft: Draft, roomId = "lobby", to = store) =>
  to.transaction(() => to.append(roomId, draft));
const say = (roomId: string, message = "hi") => write(chatDraft(message), roomId);
const rowsIn = (table: "fresh" | "entry") =>
  Number(db.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.["rows"]);
const seqsOf = (roomId: string, from = store) =>
  from.read(roomId, ALL).entries.map(({ payload }) => payload.seq);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

describe("buffered entries", () => {
  it("are flushed with others of their room, once there are enough of them", () => {
    for (let n = 0; n < LIMITS.aRoom - 1; n += 1) say("lobby");
    expect([rowsIn("fresh"), rowsIn("entry")]).toEqual([LIMITS.aRoom - 1, 0]);
    say("lobby");
    expect([rowsIn("fresh"), rowsIn("entry")]).toEqual([0, LIMITS.aRoom]);
    expect(seqsOf("lobby")).toEqual(upTo(LIMITS.aRoom));
  });

  it("of a quiet room do not hold up what is said in a busy one", () => {
    say("quiet");
    for (let n = 0; n < 200; n += 1) say("busy");
    expect(rowsIn("fresh")).toBeLessThanOrEqual(LIMITS.inAll);
    expect(seqsOf("quiet")).toEqual([1]);
    expect(seqsOf("busy")).toEqual(upTo(200));
  });

  it("are no more than fit in memory", () => {
    const long = "x".repeat(300);
    for (let n = 0; n < 20; n += 1) say(`room ${n % 7}`, long);
    expect(rowsIn("fresh") * long.length).toBeLessThanOrEqual(LIMITS.chars);
  });

  it("are flushed, a few for each that comes, so that no commit takes long", () => {
    const flushed: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const before = rowsIn("entry");
      say(`room ${n % 20}`);
      flushed.push(rowsIn("entry") - before);
    }
    expect(Math.max(...flushed)).toBeLessThanOrEqual(2 * LIMITS.aRoom);
    expect(rowsIn("fresh")).toBeLessThanOrEqual(2 * LIMITS.inAll);
  });

  it("[D2] are found again by their id, flushed or not, also after a restart", () => {
    const drafts = upTo(9).map((n) => chatDraft(`${n}`));
    for (const draft of drafts) write(draft);
    for (const current of [store, new SqliteStore(db, LIMITS)]) {
      for (const draft of drafts) expect(write(draft, "lobby", current).is).toBe("repeat");
      expect(seqsOf("lobby", current)).toEqual(upTo(9));
    }
  });

  it("[D2] of several authors keep their ids apart, also if these hold the same characters", () => {
    const by = (id: string, author: string, message: string) => {
      const { payload } = chatDraft(message);
      const from = { id: author, name: "Ann" };
      return { type: "chat", payload: { ...payload, id, from } } as Draft;
    };
    const drafts = [by("a", "bc", "one"), by("ab", "c", "two"), by("a", "c", "three")];
    for (const draft of drafts) expect(write(draft).is).toBe("new");
    for (const current of [store, new SqliteStore(db, LIMITS)]) {
      for (const [at, draft] of drafts.entries()) {
        const repeat = write(draft, "lobby", current);
        expect(repeat).toMatchObject({ is: "repeat", entry: { payload: { seq: at + 1 } } });
      }
    }
    expect(write(by("a", "bc", "other")).is).toBe("conflict");
  });

  it("[D1] are as they were when the transaction that would flush them fails", () => {
    for (let n = 0; n < LIMITS.aRoom - 1; n += 1) say("lobby");
    const failing = () =>
      store.transaction(() => {
        store.append("lobby", chatDraft("lost"));
        throw new Error("disk full");
      });
    expect(failing).toThrow("disk full");
    expect([rowsIn("fresh"), rowsIn("entry")]).toEqual([LIMITS.aRoom - 1, 0]);
    expect(say("lobby")).toEqual({ is: "new", seq: LIMITS.aRoom });
    expect(seqsOf("lobby")).toEqual(upTo(LIMITS.aRoom));
  });
});
