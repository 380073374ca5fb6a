import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FILE_PART_BYTES } from "@parley/protocol";
import { newFileId, partOf, RoomFiles, type SentFile } from "@parley/testkit/room-files";
import { percentile } from "@parley/testkit/percentile";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { residentBytesOf } from "@parley/testkit/usage";
import { subjects, type Subject } from "../processes/subject.ts";
import { Stage } from "../stage.ts";
import type { Row } from "./row.ts";

const MB = 1_000_000;
/** How many parts of a file are on their way at the same time, as in the web app. */
const PARTS_AT_ONCE = 3;
/** How often the server's memory is read, in ms. */
const LOOK_EVERY_MS = 50;
/** On the disk of the servers' data, because /tmp may be memory, where nothing is durable. */
const RESULTS = fileURLToPath(new URL("../../results/", import.meta.url));

type Bytes = Uint8Array<ArrayBuffer>;

/** Without the limit of all files together. */
const subject: Subject = {
  ...subjects.parley,
  env: (dataDir) => ({ ...subjects.parley.env(dataDir), FILES_GB: "0" }),
};

/** The speed of files up and down beside plain files in the same run, and the memory of many uploads. */
export const files: Row = {
  name: "files",
  async measure(bench) {
    const { mebibytes, rounds, uploads } = bench.sizes.files;
    const bytes = new Uint8Array(randomBytes(mebibytes * 1_024 * 1_024));
    const folder = await makeTemporaryFolder("plain", RESULTS);
    try {
      return await Stage.with(subject, bench.pinning, async ({ server }) => {
        const url = `http://127.0.0.1:${server.ports[0]}`;
        const speeds: Record<"up" | "down" | "plainUp" | "plainDown", number[]> = {
          up: [],
          down: [],
          plainUp: [],
          plainDown: [],
        };
        const timed = async (into: number[], work: () => Promise<void>) => {
          const from = performance.now();
          await work();
          into.push(bytes.length / MB / ((performance.now() - from) / 1_000));
        };
        for (let round = 0; round < rounds; round += 1) {
          bench.progress(`a file of ${mebibytes} MiB, ${round + 1} of ${rounds}`);
          const room = new RoomFiles(url, "bench");
          const file = fileOf(bytes);
          await timed(speeds.up, () => upload(room, file, bytes));
          await room.say("a file", [file]);
          await timed(speeds.down, async () => {
            if ((await room.get(file))?.length !== bytes.length)
              throw new Error("It is not whole.");
          });
          const plain = join(folder, `${round}`);
          await timed(speeds.plainUp, () => writeParts(plain, bytes));
          await timed(speeds.plainDown, () => readParts(plain, bytes.length));
        }
        bench.progress(`${uploads} uploads at once`);
        const memory = await memoryOf(server.pids, url, uploads, bytes);
        const [up, down] = [medianOf(speeds.up), medianOf(speeds.down)];
        const [plainUp, plainDown] = [medianOf(speeds.plainUp), medianOf(speeds.plainDown)];
        return {
          title: "Files up and down, each part synced",
          conditions: `files of ${mebibytes} MiB, ${PARTS_AT_ONCE} parts at once; plain files: the same parts, written, synced and renamed, or read, without a server`,
          unit: "MB/s",
          verdicts: [
            { of: "up, against plain files", value: up / plainUp, unit: "×" },
            { of: "down, against plain files", value: down / plainDown, unit: "×" },
            { of: `more memory with ${uploads} uploads at once`, value: memory, unit: "MB" },
          ],
          measured: [
            { subject: "parley", variant: "up", figure: up, notes: [plainNote(plainUp)] },
            { subject: "parley", variant: "down", figure: down, notes: [plainNote(plainDown)] },
          ],
        };
      });
    } finally {
      await removeTemporaryFolder(folder);
    }
  },
};

const medianOf = (speeds: readonly number[]) =>
  percentile(
    speeds.toSorted((a, b) => a - b),
    0.5,
  );

const plainNote = (speed: number) => `plain files: ${Math.round(speed)} MB/s`;

const fileOf = (bytes: Bytes): SentFile => ({
  id: newFileId(),
  name: "bench.bin",
  type: "application/octet-stream",
  size: bytes.length,
});

/** Does something for each, so many at the same time. */
async function each<Item>(
  items: Iterable<Item>,
  atOnce: number,
  act: (item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = left.next(); !next.done; next = left.next()) await act(next.value);
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
}

async function upload(room: RoomFiles, file: SentFile, bytes: Bytes): Promise<void> {
  const missing = await room.begin(file);
  await each(missing, PARTS_AT_ONCE, (n) => room.part(file.id, n, partOf(bytes, n)));
}

/** How much more memory a server has at most while many upload a file each, in MB. */
async function memoryOf(
  pids: readonly number[],
  url: string,
  uploads: number,
  bytes: Bytes,
): Promise<number> {
  const resident = () => (residentBytesOf(pids) ?? Number.NaN) / MB;
  const before = resident();
  let most = before;
  const looking = setInterval(() => {
    most = Math.max(most, resident());
  }, LOOK_EVERY_MS);
  try {
    const people = Array.from({ length: uploads }, () => new RoomFiles(url, "bench"));
    await each(people, uploads, (room) => upload(room, fileOf(bytes), bytes));
  } finally {
    clearInterval(looking);
  }
  return most - before;
}

async function writeParts(folder: string, bytes: Bytes): Promise<void> {
  await mkdir(folder);
  const parts = Array.from({ length: bytes.length / FILE_PART_BYTES }, (_, n) => n);
  await each(parts, PARTS_AT_ONCE, async (n) => {
    const unfinished = join(folder, randomUUID());
    await syncing(unfinished, "wx", partOf(bytes, n));
    await rename(unfinished, join(folder, `${n}`));
    await syncing(folder, "r");
  });
}

async function syncing(path: string, flags: "wx" | "r", bytes?: Bytes): Promise<void> {
  const file = await open(path, flags);
  try {
    if (bytes) await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function readParts(folder: string, size: number): Promise<void> {
  let read = 0;
  for (let n = 0; n < size / FILE_PART_BYTES; n += 1) {
    read += (await readFile(join(folder, `${n}`))).length;
  }
  if (read !== size) throw new Error("The plain file is not whole.");
  await rm(folder, { recursive: true });
}
