import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { chatDraft } from "../../../test/drafts.ts";
import { GENERATION_FILE, GenerationFile } from "./generation-file.ts";
import { WRITE_BUFFER_LIMITS } from "./write-buffer.ts";
import { Overtaken, Ownership } from "./ownership.ts";
import { renewEpochOfCopy } from "./past.ts";
import { openDatabase, StorageError } from "./schema.ts";
import { SqliteStore } from "./store.ts";

let dataDir: string;
let opened: DatabaseSync[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "parley-owner-"));
  opened = [];
});
afterEach(() => {
  for (const db of opened) db.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** A server's part in the log, as if nobody had locked the directory. */
function server(name: string) {
  const db = openDatabase(dataDir);
  opened.push(db);
  const ownership = new Ownership(db, dataDir, new GenerationFile(dataDir), name);
  const store = new SqliteStore(db, WRITE_BUFFER_LIMITS, ownership);
  return {
    db,
    ownership,
    say: (text: string) => store.transaction(() => store.append("lobby", chatDraft(text))),
    head: () => store.read("lobby", { limit: 1 }).head,
    leave: () => ownership.leave((work) => store.transaction(work)),
  };
}

const beside = () => readFileSync(join(dataDir, GENERATION_FILE), "utf8").trim();
const within = (db: DatabaseSync) => db.prepare("SELECT generation FROM log").get()?.["generation"];

describe("two servers at one database", () => {
  it("[O1] only the one that opened it last writes; the other one ends", () => {
    const former = server("former");
    former.say("one");
    const latter = server("latter");
    expect(latter.say("two")).toMatchObject({ is: "new", seq: 2 });
    expect(() => former.say("lost")).toThrow(Overtaken);
    expect(() => former.say("lost")).toThrow(`Another server has taken over ${dataDir}`);
    expect(() => former.ownership.check()).toThrow(StorageError);
    expect(latter.say("three")).toMatchObject({ is: "new", seq: 3 });
    expect(latter.head()).toBe(3);
  });

  it("[O1] [D1] the latter goes on behind all that the former wrote until then", () => {
    const former = server("former");
    former.say("one");
    const latter = server("latter");
    // It has looked at the log before it writes for the first time.
    expect(latter.head()).toBe(1);
    former.say("two");
    former.say("three");
    expect(latter.say("four")).toMatchObject({ is: "new", seq: 4 });
    expect(latter.head()).toBe(4);
  });

  it("the former takes nothing back as it closes", () => {
    const former = server("former");
    former.say("one");
    const latter = server("latter");
    latter.say("two");
    former.leave();
    expect([within(latter.db), beside()]).toEqual(["latter", "latter"]);
    expect(latter.say("three")).toMatchObject({ seq: 3 });
  });
});

describe("a server that has taken the log over", () => {
  it("does so once: what it has read stays, and the file beside it is not written again", () => {
    const only = server("only");
    only.say("one");
    writeFileSync(join(dataDir, GENERATION_FILE), "as it was left");
    expect(only.say("two")).toMatchObject({ seq: 2 });
    expect(beside()).toBe("as it was left");
    expect(only.ownership.hold()).toBe(false);
  });
});

describe("a server that cannot write as it starts", () => {
  it("[D4] takes the log over with the first message that can be stored", () => {
    server("former").say("one");
    const latter = server("latter");
    latter.db.exec("PRAGMA query_only = 1");
    expect(() => latter.say("too early")).toThrow(/readonly|read-only/);
    expect(latter.head()).toBe(1);
    expect(() => latter.ownership.check()).not.toThrow();
    expect(beside()).toBe("former");
    latter.db.exec("PRAGMA query_only = 0");
    expect(latter.say("two")).toMatchObject({ is: "new", seq: 2 });
    expect([within(latter.db), beside()]).toEqual(["latter", "latter"]);
  });

  it("leaves the generation as it is", () => {
    server("former").say("one");
    const latter = server("latter");
    latter.leave();
    expect([within(latter.db), beside()]).toEqual(["former", "former"]);
  });
});

describe("a generation", () => {
  it("[O3] is another one after a server has closed the log, in both places", () => {
    const only = server("only");
    only.say("one");
    expect([within(only.db), beside()]).toEqual(["only", "only"]);
    only.leave();
    expect(within(only.db)).not.toBe("only");
    expect(beside()).toBe(within(only.db));
  });

  it("[O3] stays if a disk that is full keeps it from being changed", () => {
    const only = server("only");
    only.say("one");
    only.db.exec("PRAGMA query_only = 1");
    only.leave();
    expect([within(only.db), beside()]).toEqual(["only", "only"]);
  });

  it("is no reason to pass over a bug", () => {
    const only = server("only");
    only.say("one");
    const bug = new TypeError("a bug");
    const broken = () => {
      throw bug;
    };
    expect(() => only.ownership.leave(broken)).toThrow(bug);
    expect([within(only.db), beside()]).toEqual(["only", "only"]);
  });

  it("[O3] stays if the file beside the database cannot be written, and the past goes on", () => {
    server("former").say("one");
    const latter = server("latter");
    const [file, aside] = [join(dataDir, GENERATION_FILE), join(dataDir, "aside")];
    renameSync(file, aside);
    latter.say("two");
    latter.leave();
    renameSync(aside, file);
    expect([within(latter.db), beside()]).toEqual(["latter", "former"]);
    expect(renewEpochOfCopy(latter.db, dataDir, beside())).toBeUndefined();
  });
});
