import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FILE_PART_BYTES } from "@parley/protocol";
import { newFileId, partOf, RoomFiles } from "@parley/testkit/room-files";
import type { ServerProcess } from "@parley/testkit/server-process";
import { SmallDisk } from "@parley/testkit/small-disk";
import { afterEach, expect, it } from "vitest";
import { startServer } from "../servers.ts";

const PARTS = 20;
/** More than the 64 MiB that files leave free. */
const DISK_KIBIBYTES = 80 * 1024;
/** A start of a process for each part. */
const WITHIN_MS = 600_000;

let server: ServerProcess | undefined;
afterEach(async () => {
  await server?.dispose();
});

it(
  "[B1] has every part that was acknowledged, though the server is killed after each",
  async () => {
    server = await startServer();
    const files = new RoomFiles(server.url, "lobby");
    const bytes = new Uint8Array(randomBytes(PARTS * FILE_PART_BYTES - 1));
    const file = { id: newFileId(), name: "a", type: "text/plain", size: bytes.length };
    let left = [...(await files.begin(file))];
    let rounds = 0;
    while (left.length > 0) {
      expect((rounds += 1)).toBeLessThanOrEqual(PARTS);
      // Others are under way when the server is killed.
      const sending = left
        .slice(0, 3)
        .map((n) => files.part(file.id, n, partOf(bytes, n)).then(() => n));
      const acknowledged = await Promise.race(sending);
      await server.kill();
      const ended = await Promise.allSettled(sending);
      await server.start();
      left = [...(await files.begin(file))];
      expect(left).not.toContain(acknowledged);
      for (const one of ended)
        if (one.status === "fulfilled") expect(left).not.toContain(one.value);
    }
    await files.say("whole", [file]);
    await server.kill();
    await server.start();
    expect(await files.get(file)).toEqual(Buffer.from(bytes));
  },
  WITHIN_MS,
);

// Only root may mount a disk.
it.each((await SmallDisk.isPossible()) ? [DISK_KIBIBYTES] : [])(
  "[B6] refuses files on a disk of %d KiB that they fill, and goes on storing messages on it",
  async (kibibytes) => {
    const disk = await SmallDisk.mount(kibibytes);
    try {
      const dataDir = join(disk.directory, "data");
      const ballast = join(disk.directory, "ballast");
      await writeFile(ballast, Buffer.alloc(16 * FILE_PART_BYTES));
      server = await startServer({ dataDir });
      const files = new RoomFiles(server.url, "lobby");
      const whole = await files.store(new Uint8Array(randomBytes(FILE_PART_BYTES)));
      const bytes = new Uint8Array(randomBytes((kibibytes * 1024) / 4));
      const file = { id: newFileId(), name: "a", type: "text/plain", size: bytes.length };
      await files.begin(file);
      const storeAll = async () => {
        for (const n of await files.begin(file)) await files.part(file.id, n, partOf(bytes, n));
      };
      await expect(storeAll()).rejects.toThrow(/^507 .*no_space/);
      for (let n = 0; n < 20; n += 1) await files.say("goes on ".repeat(500), []);
      await files.say("has a file", [whole]);
      expect((await files.get(whole))?.length).toBe(FILE_PART_BYTES);

      const missing = (await files.begin(file)).length;
      await rm(ballast);
      await expect(storeAll()).rejects.toThrow(/^507 .*no_space/);
      expect((await files.begin(file)).length).toBeLessThan(missing);
    } finally {
      await server?.dispose();
      server = undefined;
      await disk.unmount();
    }
  },
);
