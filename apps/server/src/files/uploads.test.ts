import { settled } from "@parley/testkit/settled";
import { describe, expect, it, vi } from "vitest";
import { FakeTime } from "../../test/fake-time.ts";
import { newFileId, someBytes } from "../../test/file-requests.ts";
import { chanceOf, MODEL_ROOT, ModelDisk, Steps } from "../../test/model-disk.ts";
import { DiskFiles } from "../backends/disk/files.ts";
import { MemoryFiles } from "../backends/memory/files.ts";
import { MemoryShelf } from "../backends/memory/shelf.ts";
import { readConfig } from "../config.ts";
import { Addresses } from "../limits/addresses.ts";
import { LogUnavailable } from "../log/log.ts";
import type { FileStore } from "./file-store.ts";
import { FileService } from "./service.ts";

const MIB = 1024 * 1024;
const OWNER = { logId: "123", author: "ada" };
const FACTS = { name: "cat.png", type: "image/png", size: 5 };
const FROM = { address: "192.0.2.1" };
const BYTES = someBytes(5);
/** The state of a file that has all of its parts. */
const WHOLE = { isNew: false, missing: [] };
const open = async () => {};
const nothing = () => false;

/** The files of a server, which lifts the rates unless a test names others. */
function serve(
  store: FileStore,
  shelf = new MemoryShelf(),
  { limits = "off", totalBytes = Infinity } = {},
): FileService {
  const { rates } = readConfig({ LIMITS: limits });
  return new FileService(store, {
    shelf,
    timers: new FakeTime().timers,
    now: Date.now,
    onOthers: () => {},
    onDeleted: () => {},
    onFailure: () => {},
    rates,
    addresses: new Addresses(rates, Date.now),
    maxBytes: 24 * MIB,
    totalBytes,
  });
}

const begin = ({ uploads }: FileService, id: string) => uploads.begin(id, OWNER, FACTS, FROM);
const put = async ({ uploads }: FileService, id: string) =>
  uploads.put(id, await uploads.find(id, OWNER), 0, BYTES);

/** The same call, but it waits until it may go on. */
function held<Answer>(call: (id: string) => Promise<Answer>) {
  const { promise, resolve: goOn } = Promise.withResolvers<void>();
  const late = async (id: string) => {
    await promise;
    return call(id);
  };
  return { late, goOn };
}

it("[B1] has a part after a power cut that was acknowledged when it came again", async () => {
  const shelf = new MemoryShelf();
  const serveOn = async (system: ModelDisk) =>
    serve(await DiskFiles.open(MODEL_ROOT, { system }), shelf);

  for (let steps = 0; ; steps += 1) {
    const id = newFileId();
    const disk = new ModelDisk(open);
    await begin(await serveOn(disk), id);

    // The first server is killed after so many steps on the disk; the next one is asked once more.
    const gates = new Steps();
    let isStored = false;
    void serveOn(disk.reopen(gates.gate))
      .then((files) => put(files, id))
      .then((stored) => (isStored = stored));
    await gates.take(steps, 0, chanceOf(steps));
    expect(await put(await serveOn(disk), id)).toBe(true);

    expect(await begin(await serveOn(disk.afterPowerCut(open, nothing)), id)).toEqual(WHOLE);
    if (isStored) return;
  }
});

describe("a file that is begun twice", () => {
  it("[B1] has the part that came while the first beginning was under way", async () => {
    const store = new MemoryFiles();
    const files = serve(store);
    const id = newFileId();
    const { late, goOn } = held(store.has.bind(store));
    vi.spyOn(store, "has").mockImplementationOnce(late);
    const first = begin(files, id);
    await settled();
    expect(await begin(files, id)).toEqual({ isNew: false, missing: [0] });
    expect(await put(files, id)).toBe(true);
    goOn();
    await first;
    expect(await begin(files, id)).toEqual(WHOLE);
  });

  it("[B1] has the part that came while an earlier file of its id was removed", async () => {
    const store = new MemoryFiles();
    const files = serve(store);
    const id = newFileId();
    await begin(files, id);
    await put(files, id);
    const { late, goOn } = held(store.delete.bind(store));
    vi.spyOn(store, "delete").mockImplementationOnce(late);
    const dropped = files.uploads.drop(id, await files.uploads.find(id, OWNER));
    await settled();
    expect(await begin(files, id)).toEqual({ isNew: true, missing: [0] });
    await put(files, id);
    goOn();
    await dropped;
    expect(await begin(files, id)).toEqual(WHOLE);
  });
});

it("[B5] stores one of two parts that come at two servers at once with other bytes", async () => {
  const [store, shelf] = [new MemoryFiles(), new MemoryShelf()];
  const servers = [serve(store, shelf), serve(store, shelf)];
  const id = newFileId();
  const [one] = servers;
  await one?.uploads.begin(id, OWNER, FACTS, FROM);
  const bodies = [someBytes(5, 1), someBytes(5, 2)];
  const stored = servers.map(async ({ uploads }, n) =>
    uploads.put(id, await uploads.find(id, OWNER), 0, bodies[n] ?? BYTES),
  );
  expect(new Set(await Promise.all(stored))).toEqual(new Set([true, false]));
});

describe("a file whose size is not known", () => {
  /** Begins one. @returns counts so many bytes of it */
  async function beginOpen({ uploads }: FileService) {
    const id = newFileId();
    await uploads.begin(id, OWNER, { ...FACTS, size: 0 }, { ...FROM, isEndKnown: false });
    const kept = await uploads.find(id, OWNER);
    const grow = async (size: number) =>
      (await uploads.grow(id, kept, size, FROM.address))?.manifest.size;
    return { id, grow };
  }

  it("[D2] is counted once, also if the same request comes twice", async () => {
    const files = serve(new MemoryFiles());
    const { id, grow } = await beginOpen(files);
    expect(files.usage.bytes).toBe(0);
    expect(await Promise.all([grow(3), grow(3), grow(5)])).toEqual([expect.any(Number), 3, 5]);
    expect(await grow(4)).toBe(5);
    expect(files.usage.bytes).toBe(5);
    await files.uploads.drop(id, await files.uploads.find(id, OWNER));
    expect(files.usage.bytes).toBe(0);
    await expect(grow(6)).rejects.toThrow("unknown_file");
  });

  it("does not grow once a message has it", async () => {
    const files = serve(new MemoryFiles());
    const { id, grow } = await beginOpen(files);
    await grow(5);
    const sent = { message: "one", markedAt: Date.now() };
    await files.manifests.change(id, await files.uploads.find(id, OWNER), sent);
    expect([await grow(5), await grow(6)]).toEqual([5, undefined]);
    expect(files.usage.bytes).toBe(5);
  });

  it("takes nothing of what all files may have if its manifest cannot be changed", async () => {
    const shelf = new MemoryShelf();
    const files = serve(new MemoryFiles(), shelf);
    const { grow } = await beginOpen(files);
    vi.spyOn(shelf, "put").mockRejectedValueOnce(new LogUnavailable("away"));
    await expect(grow(5)).rejects.toThrow(LogUnavailable);
    expect(files.usage.bytes).toBe(0);
  });

  it("counts for its sender before its bytes are stored, also if it never ends", async () => {
    const files = serve(new MemoryFiles(), undefined, { limits: "on" });
    for (let n = 0; n < 4; n += 1) await (await beginOpen(files)).grow(24 * MIB);
    await expect((await beginOpen(files)).grow(24 * MIB)).rejects.toThrow("rate_limited");
    expect(files.usage.bytes).toBe(96 * MIB);
  });
});

describe("files that are begun at the same time", () => {
  /** Begins so many files at once. @returns how many were not refused */
  async function beginMany({ uploads }: FileService, count: number, size = 5): Promise<number> {
    const asked = Array.from({ length: count }, () =>
      uploads.begin(newFileId(), OWNER, { ...FACTS, size }, FROM),
    );
    const answers = await Promise.allSettled(asked);
    return answers.filter(({ status }) => status === "fulfilled").length;
  }

  it("are no more than may wait for a message", async () => {
    const files = serve(new MemoryFiles());
    expect(await beginMany(files, 30)).toBe(20);
    expect(await beginMany(files, 1)).toBe(0);
  });

  it("count while their manifests are not stored yet", async () => {
    const shelf = new MemoryShelf();
    const files = serve(new MemoryFiles(), shelf);
    const { promise, resolve } = Promise.withResolvers<void>();
    const put = shelf.put.bind(shelf);
    const late = vi.spyOn(shelf, "put").mockImplementation(async (...item) => {
      await promise;
      return put(...item);
    });
    const first = beginMany(files, 20);
    await settled();
    const next = beginMany(files, 1);
    await settled();
    expect(late).toHaveBeenCalledTimes(20);
    resolve();
    expect(await Promise.all([first, next])).toEqual([20, 0]);
  });

  it("have no more bytes than a member may send in a day", async () => {
    const files = serve(new MemoryFiles(), undefined, { limits: "on" });
    expect(await beginMany(files, 20, 24 * MIB)).toBe(4);
  });

  it("[B6] have no more bytes than all files may have, and count only if they are begun", async () => {
    const shelf = new MemoryShelf();
    const files = serve(new MemoryFiles(), shelf, { totalBytes: 12 });
    vi.spyOn(shelf, "put").mockRejectedValueOnce(new LogUnavailable("away"));
    await expect(begin(files, newFileId())).rejects.toThrow(LogUnavailable);
    expect(files.usage.bytes).toBe(0);
    const id = newFileId();
    await Promise.all([begin(files, id), begin(files, id)]);
    expect(files.usage.bytes).toBe(5);
    expect(await beginMany(files, 10)).toBe(1);
    expect(files.usage.bytes).toBe(10);
  });
});
