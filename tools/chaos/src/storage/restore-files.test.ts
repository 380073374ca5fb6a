import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { FILE_PART_BYTES } from "@parley/protocol";
import { newFileId, partOf, RoomFiles } from "@parley/testkit/room-files";
import { S3Server } from "@parley/testkit/s3-server";
import type { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { afterEach, beforeEach, expect, it } from "vitest";
import { runHostCommand } from "../host-command.ts";
import { startServer } from "../servers.ts";

/** Several starts of a process. */
const WITHIN_MS = 180_000;

let folder: string;
let dataDir: string;
let backup: string;
const servers: ServerProcess[] = [];
beforeEach(async () => {
  folder = await makeTemporaryFolder("files");
  dataDir = join(folder, "data");
  backup = join(folder, "copy.db");
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.dispose();
  await rm(folder, { recursive: true });
});

async function start(settings: { dataDir: string; env?: Record<string, string> }) {
  const server = await startServer(settings);
  servers.push(server);
  return server;
}

const bytesOf = (size: number) => new Uint8Array(randomBytes(size));

/** Sends some files, each with a message. */
async function send(files: RoomFiles, sizes: readonly number[]) {
  const sent = [];
  for (const size of sizes) {
    const bytes = bytesOf(size);
    const file = await files.store(bytes);
    await files.say("a file", [file]);
    sent.push({ file, bytes });
  }
  return sent;
}

async function expectAll(files: RoomFiles, sent: Awaited<ReturnType<typeof send>>) {
  expect(sent.length).toBeGreaterThan(0);
  for (const { file, bytes } of sent) expect(await files.get(file)).toEqual(Buffer.from(bytes));
}

/** Stores files for as long as a promise takes, and at least one. */
async function storeDuring(files: RoomFiles, work: Promise<unknown>): Promise<void> {
  let isOver = false;
  const end = work.finally(() => {
    isOver = true;
  });
  do await send(files, [FILE_PART_BYTES + 1]);
  while (!isOver);
  await end;
}

it(
  "[B2] takes the files of all messages along while others arrive, and puts them back",
  async () => {
    const server = await start({ dataDir });
    const files = new RoomFiles(server.url, "lobby");
    const sent = await send(files, [0, 1, FILE_PART_BYTES, 3 * FILE_PART_BYTES + 5]);
    const bytes = bytesOf(2 * FILE_PART_BYTES);
    const unsent = { id: newFileId(), name: "b", type: "text/plain", size: bytes.length };
    await files.begin(unsent);
    await files.part(unsent.id, 1, partOf(bytes, 1));

    const saving = runHostCommand("backup", [backup], { DATA_DIR: dataDir });
    await storeDuring(files, saving);
    const saved = await saving;
    expect(saved).toMatchObject({ code: 0, err: "" });
    expect(saved.out).toMatch(/holds \d+ of their files\.\n$/);
    expect(saved.out).not.toMatch(/gone/);
    expect(await files.begin(unsent)).toEqual([0]);

    const other = join(folder, "other");
    const restored = await runHostCommand("restore", [backup], { DATA_DIR: other });
    expect(restored).toMatchObject({ code: 0, err: "" });
    expect(restored.out).toMatch(/\d+ of their files are there as well\.\n$/);
    const again = await start({ dataDir: other });
    const restoredFiles = new RoomFiles(again.url, "lobby");
    await expectAll(restoredFiles, sent);
    expect(await restoredFiles.get(unsent)).toBeUndefined();
  },
  WITHIN_MS,
);

it(
  "keeps the files that were there before with the messages that have them",
  async () => {
    const server = await start({ dataDir });
    const files = new RoomFiles(server.url, "lobby");
    const before = await send(files, [10]);
    await runHostCommand("backup", [backup], { DATA_DIR: dataDir });
    const after = await send(files, [20]);
    await server.stop();
    // Without the folder beside the backup, there are still the files in DATA_DIR.
    await rm(`${backup}.files`, { recursive: true });
    const restored = await runHostCommand("restore", [backup], { DATA_DIR: dataDir });
    expect(restored).toMatchObject({ code: 0, err: "" });
    const [, aside = ""] = /What was there before is in (.*)\./.exec(restored.out) ?? [];

    await server.start();
    await expectAll(files, before);
    for (const { file } of after) expect(await files.get(file)).toBeUndefined();
    const old = await start({ dataDir: aside });
    await expectAll(new RoomFiles(old.url, "lobby"), [...before, ...after]);
  },
  WITHIN_MS,
);

it(
  "takes files along from a bucket, and puts them into another",
  async () => {
    const [one, other] = [await S3Server.start(), await S3Server.start()];
    try {
      const server = await start({ dataDir, env: { FILES: one.url("/chat") } });
      const files = new RoomFiles(server.url, "lobby");
      const sent = await send(files, [FILE_PART_BYTES + 1]);
      const env = { DATA_DIR: dataDir, FILES: one.url("/chat") };
      expect(await runHostCommand("backup", [backup], env)).toMatchObject({
        code: 0,
      });
      await one.stop();
      const lost = await runHostCommand("backup", [`${backup}2`], env);
      expect(lost).toMatchObject({ code: 2, out: "" });
      expect(lost.err).toMatch(/^The files cannot be copied: S3 does not answer/);
      expect([existsSync(`${backup}2`), existsSync(`${backup}2.files`)]).toEqual([false, false]);

      const moved = join(folder, "moved");
      const FILES = other.url("/chat");
      const restored = await runHostCommand("restore", [backup], { DATA_DIR: moved, FILES });
      expect(restored).toMatchObject({ code: 0, err: "" });
      const again = await start({ dataDir: moved, env: { FILES } });
      await expectAll(new RoomFiles(again.url, "lobby"), sent);
    } finally {
      await other.stop();
    }
  },
  WITHIN_MS,
);

it("says which files are gone, and restores the messages all the same", async () => {
  const server = await start({ dataDir });
  await send(new RoomFiles(server.url, "lobby"), [10, 20]);
  await server.stop();
  await rm(join(dataDir, "files"), { recursive: true });
  const { code, out } = await runHostCommand("backup", [backup], { DATA_DIR: dataDir });
  expect(code).toBe(0);
  expect(out).toMatch(/\n2 of their files are gone\.\n$/);
  expect((await readFile(backup)).length).toBeGreaterThan(0);
});
