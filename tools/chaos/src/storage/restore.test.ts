import { existsSync, readdirSync } from "node:fs";
import { copyFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { runHostCommand } from "../host-command.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { startServer } from "../servers.ts";

/** Several starts of a process. */
const WITHIN_MS = 180_000;

let folder: string;
let dataDir: string;
let server: ServerProcess | undefined;
beforeEach(async () => {
  folder = await makeTemporaryFolder("store");
  dataDir = join(folder, "data");
});
afterEach(async () => {
  await server?.dispose();
  await rm(folder, { recursive: true });
});

const backup = (file: string) => runHostCommand("backup", [file], { DATA_DIR: dataDir });
const restore = (file: string) => runHostCommand("restore", [file], { DATA_DIR: dataDir });

async function say(...messages: readonly string[]): Promise<void> {
  const socket = await PlainClient.connect(server?.socketUrl ?? "");
  await socket.join("lobby");
  for (const message of messages) await socket.ask("chat", { message }, "chat");
  socket.cut();
}

/** The epoch and the messages of a server. */
async function log(of: ServerProcess | undefined) {
  const { epoch, entries } = await readFinalLog(of?.socketUrl ?? "", "lobby");
  return { epoch, said: entries.map(({ payload }) => "message" in payload && payload.message) };
}

it(
  "[O3] restores a backup beside the data of a killed server, and keeps that data",
  async () => {
    server = await startServer({ dataDir });
    await say("a", "b");
    const file = join(folder, "copy.db");
    expect(await backup(file)).toMatchObject({ code: 0, err: "" });
    await say("c");
    const before = await log(server);
    const refused = await restore(file);
    const err = `A server is using ${dataDir}: stop it first.\n`;
    expect(refused).toEqual({ code: 2, out: "", err });
    expect(await log(server)).toEqual(before);
    await server.kill();
    expect(existsSync(join(dataDir, "parley.db-wal"))).toBe(true);

    const { code, out } = await restore(file);
    expect(code).toBe(0);
    const aside = readdirSync(dataDir).find((name) => name.startsWith("before-")) ?? "";
    expect(out).toBe(
      `${dataDir} holds the 2 entries of ${file}. Start the server now.\n` +
        `What was there before is in ${join(dataDir, aside)}.\n`,
    );
    expect(readdirSync(dataDir).toSorted()).toEqual([aside, "parley.db", "parley.lock"]);

    await server.start();
    const after = await log(server);
    expect(after.said).toEqual(["a", "b"]);
    expect(after.epoch).not.toBe(before.epoch);
    await server.kill();
    await server.start();
    expect(await log(server)).toEqual(after);
    await server.stop();

    server = await startServer({ dataDir: join(dataDir, aside) });
    expect(await log(server)).toEqual(before);
  },
  WITHIN_MS,
);

it(
  "[O3] refuses a backup that was copied by hand beside a left-over -wal",
  async () => {
    server = await startServer({ dataDir });
    await say("a");
    const file = join(folder, "copy.db");
    await backup(file);
    await say("b");
    await server.kill();
    await copyFile(file, join(dataDir, "parley.db"));
    await expect(server.start()).rejects.toThrow(
      "lies beside the write-ahead log of another database",
    );
    await server.kill();
    expect(await restore(file)).toMatchObject({ code: 0 });
    await server.start();
    expect((await log(server)).said).toEqual(["a"]);
  },
  WITHIN_MS,
);

it(
  "tells the host in one line what cannot be done",
  async () => {
    const file = join(folder, "copy.db");
    const told = async (line: string, answer: ReturnType<typeof restore>) =>
      expect(await answer).toEqual({ code: 2, out: "", err: `${line}\n` });
    await told(
      "Name one file. Usage: pnpm restore FILE",
      runHostCommand("restore", [], { DATA_DIR: dataDir }),
    );
    await told(
      "Name one file. Usage: pnpm backup FILE",
      runHostCommand("backup", [], { DATA_DIR: dataDir }),
    );
    await told(`There is no database in ${dataDir}.`, backup(file));
    await told(`${file} is not there.`, restore(file));
    await writeFile(file, "no database, but long enough to look at ".repeat(200));
    await told(`${file} cannot be read: file is not a database.`, restore(file));
    await told(
      'PORT="x" is not usable: it takes a whole number.',
      runHostCommand("backup", [file], { DATA_DIR: dataDir, PORT: "x" }),
    );
  },
  WITHIN_MS,
);
