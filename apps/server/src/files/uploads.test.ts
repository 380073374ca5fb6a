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

it("[D2] gives a file its final size, also if the same request gave it before", async () => {
  const files = serve(new MemoryFiles());
  const { uploads, usage } = files;
  const id = newFileId();
  await uploads.begin(id, OWNER, { ...FACTS, size: 100 }, { ...FROM, isEndKnown: false });
  const kept = await uploads.find(id, OWNER);
  const resize = async (size: number) => uploads.resize(id, kept, size, FROM.address);
  for (const { manifest } of await Promise.all([resize(5), resize(5)])) {
    expect(manifest.size).toBe(5);
  }
  expect(usage.bytes).toBe(5);
  await expect(resize(6)).rejects.toThrow("file_taken");
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
