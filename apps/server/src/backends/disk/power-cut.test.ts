import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODEL_ROOT, ModelDisk, chanceOf, Steps } from "../../../test/model-disk.ts";
import { fileId, listed } from "../../files/file-store.contract.ts";
import {
  FilesUnavailable,
  NoSpace,
  type FileStore,
  type PartName,
} from "../../files/file-store.ts";
import { codeOf } from "./errors.ts";
import { DiskFiles } from "./files.ts";

const FILES = [fileId(1), fileId(2)];
const PARTS = [0, 1, "thumb"] as const;

type Work =
  | { readonly do: "put"; readonly id: string; readonly part: PartName; readonly text: string }
  | { readonly do: "delete" | "has"; readonly id: string };

/** A server that does several things at once, until it ends after so many steps on the disk. */
interface Run {
  readonly lanes: readonly (readonly Work[])[];
  readonly steps: number;
  readonly ends: "killed" | "power cut";
  /** How likely it is that a step fails. */
  readonly failing: number;
}

const id = fc.constantFrom(...FILES);
const put = fc.record({
  do: fc.constant("put" as const),
  id,
  part: fc.constantFrom(...PARTS),
  text: fc.constantFrom("one", "another one", "the third", ""),
});
const other = fc.record({ do: fc.constantFrom("delete", "has", "has"), id });
const work = fc.oneof({ weight: 2, arbitrary: put }, { weight: 1, arbitrary: other });
const run: fc.Arbitrary<Run> = fc.record({
  lanes: fc.array(fc.array(work, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
  steps: fc.nat({ max: 100 }),
  ends: fc.constantFrom("killed", "power cut"),
  failing: fc.constantFrom(0, 0, 0.05),
});

/** Something that was done to a part, at the same time as other things perhaps. */
interface Deed {
  /** What the part has afterwards: a text, or nothing. "there": any text. */
  readonly effect: { readonly text: string | undefined } | "there";
  readonly began: number;
  /** When it was answered, or failed, or its server ended. */
  ended: number;
  isAcknowledged: boolean;
}

/** What was asked and answered for each part; says what may be there after a power cut. */
class Deeds {
  readonly #deeds = new Map<string, Deed[]>();
  #time = 0;

  begin(id: string, part: PartName, effect: Deed["effect"]): Deed {
    const deed = { effect, began: (this.#time += 1), ended: Infinity, isAcknowledged: false };
    this.#of(id, part).push(deed);
    return deed;
  }

  end(deed: Deed, isAcknowledged: boolean): void {
    deed.ended = this.#time += 1;
    deed.isAcknowledged = isAcknowledged;
  }

  /** It was refused, and has no effect. */
  drop(id: string, part: PartName, deed: Deed): void {
    const left = this.#of(id, part).filter((other) => other !== deed);
    this.#deeds.set(`${id}/${part}`, left);
  }

  now(): number {
    return (this.#time += 1);
  }

  /** A part was said to be there, to somebody who asked at a moment. */
  saw(id: string, part: PartName, asked: number): void {
    const deed = { effect: "there" as const, began: asked, ended: asked, isAcknowledged: true };
    this.#of(id, part).push(deed);
  }

  /** Ends all: their server did. */
  endAll(): void {
    this.#time += 1;
    for (const deed of [...this.#deeds.values()].flat())
      deed.ended = Math.min(deed.ended, this.#time);
  }

  /** What is known to be there, once it was looked up. */
  found(id: string, part: PartName, text: string | undefined): void {
    this.#deeds.delete(`${id}/${part}`);
    this.end(this.begin(id, part, { text }), true);
  }

  /** The texts that a part may have, undefined for none: of what no later answer has undone. */
  possible(id: string, part: PartName): Set<string | undefined> {
    const deeds = this.#of(id, part);
    const nothing = { effect: { text: undefined }, began: 0, ended: 0, isAcknowledged: true };
    const possible = new Set<string | undefined>();
    for (const { effect, ended } of [nothing, ...deeds]) {
      if (effect === "there") continue;
      const isUndone = deeds.some(
        (later) =>
          later.isAcknowledged &&
          later.began > ended &&
          (later.effect !== "there" || effect.text === undefined),
      );
      if (!isUndone) possible.add(effect.text);
    }
    return possible;
  }

  #of(id: string, part: PartName): Deed[] {
    const deeds = this.#deeds.get(`${id}/${part}`) ?? [];
    this.#deeds.set(`${id}/${part}`, deeds);
    return deeds;
  }
}

async function doWork(store: FileStore, work: Work, deeds: Deeds): Promise<void> {
  const parts = work.do === "put" ? [work.part] : PARTS;
  const effect = { text: work.do === "put" ? work.text : undefined };
  const begun = work.do === "has" ? [] : parts.map((part) => deeds.begin(work.id, part, effect));
  const seen = deeds.now();
  try {
    if (work.do === "put") {
      const isStored = await store.put(work.id, work.part, Buffer.from(work.text));
      if (!isStored) return begun.forEach((deed) => deeds.drop(work.id, work.part, deed));
    } else if (work.do === "delete") await store.delete(work.id);
    else for (const { name } of await store.has(work.id)) deeds.saw(work.id, name, seen);
    for (const deed of begun) deeds.end(deed, true);
  } catch (error) {
    if (!(error instanceof NoSpace) && !(error instanceof FilesUnavailable)) throw error;
    for (const deed of begun) deeds.end(deed, false);
  }
}

/** Lets a server run until it ends. */
async function serve(
  { lanes, steps, failing }: Run,
  disk: ModelDisk,
  gates: Steps,
  deeds: Deeds,
  chance: ReturnType<typeof chanceOf>,
): Promise<void> {
  const failures: unknown[] = [];
  const serving = async () => {
    const store = await DiskFiles.open(MODEL_ROOT, { system: disk });
    const doAll = async (lane: readonly Work[]) => {
      for (const work of lane) await doWork(store, work, deeds);
    };
    await Promise.all(lanes.map(doAll));
  };
  serving().catch((error: unknown) => {
    // A server whose disk fails at the start does not start.
    if (codeOf(error) === undefined) failures.push(error);
  });
  await gates.take(steps, failing, chance);
  deeds.endAll();
  expect(failures).toEqual([]);
}

const open = async () => {};

/** Looks up everything after a power cut. */
async function lookUp(disk: ModelDisk, deeds: Deeds): Promise<void> {
  const store = await DiskFiles.open(MODEL_ROOT, { system: disk });
  expect(await disk.names(`${MODEL_ROOT}/unfinished`)).toEqual([]);
  const there: string[] = [];
  for (const id of FILES) {
    const has = new Map((await store.has(id)).map(({ name, bytes }) => [name, bytes]));
    if (has.size > 0) there.push(id);
    for (const part of PARTS) {
      const bytes = await store.get(id, part);
      const text = bytes && Buffer.from(bytes).toString();
      expect([...deeds.possible(id, part)]).toContain(text);
      expect(has.get(part)).toBe(bytes?.length);
      deeds.found(id, part, text);
    }
  }
  expect(await listed(store)).toEqual(there);
}

describe("the store of files on a disk whose power is cut", () => {
  it("[B1] has every part that was acknowledged or said to be there, whole, and none that was deleted", async () => {
    const property = fc.asyncProperty(
      fc.array(run, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      async (runs, seed) => {
        const chance = chanceOf(seed);
        const deeds = new Deeds();
        let disk = new ModelDisk(open);
        for (const [n, run] of runs.entries()) {
          const gates = new Steps();
          await serve(run, disk.reopen(gates.gate), gates, deeds, chance);
          if (run.ends === "killed" && n < runs.length - 1) continue;
          disk = disk.afterPowerCut(open, chance);
          await lookUp(disk, deeds);
        }
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it("[B1] has a part at every step after it was acknowledged", async () => {
    const stored: boolean[] = [];
    const kept: boolean[] = [];
    for (let steps = 0; steps < 40; steps += 1) {
      const gates = new Steps();
      const disk = new ModelDisk(gates.gate);
      let isStored = false;
      void DiskFiles.open(MODEL_ROOT, { system: disk }).then(async (store) => {
        await store.put(fileId(1), 0, Buffer.from("bytes"));
        isStored = true;
        await store.put(fileId(1), 1, Buffer.from("more"));
      });
      await gates.take(steps, 0, chanceOf(1));
      stored.push(isStored);
      // Nothing survives that was not synced.
      const system = disk.afterPowerCut(open, () => false);
      const bytes = await (await DiskFiles.open(MODEL_ROOT, { system })).get(fileId(1), 0);
      kept.push(isStored && Buffer.from(bytes ?? []).toString() === "bytes");
    }
    expect(kept).toEqual(stored);
    expect(new Set(stored)).toEqual(new Set([false, true]));
  });

  it("[B1] has no part of a deleted file, whether its folder could be removed or not", async () => {
    const meanwhile = class extends ModelDisk {
      override async rmdir(path: string): Promise<void> {
        await this.create(`${path}/1`);
        return super.rmdir(path);
      }
    };
    for (const Disk of [ModelDisk, meanwhile]) {
      const disk = new Disk(open);
      const store = await DiskFiles.open(MODEL_ROOT, { system: disk });
      await store.put(fileId(1), 0, Buffer.from("bytes"));
      await store.delete(fileId(1));
      const after = disk.afterPowerCut(open, () => false);
      const reopened = await DiskFiles.open(MODEL_ROOT, { system: after });
      expect(await reopened.get(fileId(1), 0)).toBeUndefined();
    }
  });

  it("[B1] has a part that was acknowledged after another one's folders could not be synced", async () => {
    const failing = class extends ModelDisk {
      #isFirst = true;

      override async syncFolder(path: string): Promise<void> {
        const fails = path === MODEL_ROOT && this.#isFirst;
        if (path === MODEL_ROOT) this.#isFirst = false;
        if (fails) throw Object.assign(new Error("EIO"), { code: "EIO" });
        return super.syncFolder(path);
      }
    };
    const disk = new failing(open);
    const store = await DiskFiles.open(MODEL_ROOT, { system: disk });
    const refused = store.put(fileId(1), 0, Buffer.from("bytes"));
    await expect(refused).rejects.toBeInstanceOf(FilesUnavailable);
    await store.put(fileId(1), 0, Buffer.from("bytes"));
    const after = disk.afterPowerCut(open, () => false);
    const bytes = await (await DiskFiles.open(MODEL_ROOT, { system: after })).get(fileId(1), 0);
    expect(Buffer.from(bytes ?? []).toString()).toBe("bytes");
  });
});
