import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, expect, it } from "vitest";
import { RawSocket } from "./raw-socket.ts";

const PROGRAM = fileURLToPath(new URL("web-server.ts", import.meta.url));
/** More than the kernel takes off the server's hands for a reader that does not read, in bytes. */
const FILE_BYTES = 8_000_000;
const DOWNLOADS = 150;

let directory: string;
let server: ChildProcess;
let port: number;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-web-"));
  await mkdir(join(directory, "assets"));
  await writeFile(join(directory, "index.html"), "<!doctype html><title>Parley</title>");
  await writeFile(join(directory, "assets", "react-4f3a.js"), randomBytes(FILE_BYTES));
  server = spawn(process.execPath, [PROGRAM, directory], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  [port] = (await once(server, "message")) as [number];
});
afterEach(async () => {
  const ended = once(server, "exit");
  server.kill("SIGKILL");
  await ended;
  await rm(directory, { recursive: true });
});

/** How many files and sockets the server has open. */
const openDescriptors = async () => (await readdir(`/proc/${server.pid}/fd`)).length;

/** Begins to fetch the large file, and hangs up in the middle of it. */
async function download(): Promise<void> {
  const raw = await RawSocket.connect(port);
  raw.write("GET /assets/react-4f3a.js HTTP/1.1\r\nHost: x\r\n\r\n");
  expect(await raw.head()).toMatch(/^HTTP\/1.1 200 /);
  raw.socket.pause();
  raw.reset();
  await raw.closed;
}

// Only Linux shows the descriptors of a process as a directory.
it.runIf(process.platform === "linux")(
  "a download that is broken off leaves nothing open",
  async () => {
    await download();
    const before = await openDescriptors();
    for (let i = 0; i < DOWNLOADS; i += 1) await download();
    await until(async () =>
      expect(await openDescriptors()).toBeLessThanOrEqual(before + DOWNLOADS / 10),
    );
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(await page.text()).toContain("Parley");
  },
);
