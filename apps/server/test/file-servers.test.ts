import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { RedisServer } from "@parley/testkit/redis-server";
import { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, TOKEN } from "./api-requests.ts";
import { FileRequests, newFileId, PART, someBytes } from "./file-requests.ts";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let redis: RedisServer;
let folder: string;
let one: ServerProcess;
let other: ServerProcess;
beforeEach(async () => {
  [redis, folder] = await Promise.all([RedisServer.start(), makeTemporaryFolder("files")]);
  const env = { REDIS_URL: redis.url, FILES: folder };
  [one, other] = await Promise.all([
    ServerProcess.start({ main, env }),
    ServerProcess.start({ main, env }),
  ]);
});
afterEach(async () => {
  await Promise.all([one.dispose(), other.dispose()]);
  await redis.stop();
  await removeTemporaryFolder(folder);
});

const at = ({ url }: ServerProcess) => new FileRequests(`${url}/api/rooms/123`);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

async function read({ url }: ServerProcess, id: string): Promise<Uint8Array> {
  const response = await fetch(`${url}/files/${id}/x`);
  expect(response.status).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
}

describe("two servers that share a Redis and a folder for files", () => {
  it("[B1] [B2] take the parts of one file, and the rest once one of them is killed", async () => {
    const bytes = someBytes(6 * PART + 1_234);
    const partOf = (n: number) => bytes.subarray(n * PART, (n + 1) * PART);
    const id = newFileId();
    const head = { name: "cat.png", type: "image/png", size: bytes.length };
    expect((await at(one).begin(id, head)).status).toBe(201);
    const halves = [at(other).part(id, 0, partOf(0)), at(one).part(id, 3, partOf(3))];
    expect((await Promise.all(halves)).map(({ status }) => status)).toEqual([204, 204]);
    expect((await at(one).part(id, 5, partOf(5))).status).toBe(204);
    const cut = at(one).part(id, 1, partOf(1));
    const isCut = cut.then(
      () => true,
      () => true,
    );
    await one.kill();
    await isCut;
    const begun = await at(other).begin(id, head);
    expect(begun.status).toBe(200);
    const { missing } = (await begun.json()) as { missing: number[] };
    // Part 1 was not answered, or was: all others that were are there.
    expect(missing.filter((n) => n !== 1)).toEqual([2, 4, 6]);
    for (const n of missing) expect((await at(other).part(id, n, partOf(n))).status).toBe(204);
    const said = await at(other).say({ message: "cat", files: [{ id, ...head }] });
    expect(said.status).toBe(201);
    expect(sha256(await read(other, id))).toBe(sha256(bytes));
    await one.start();
    expect(sha256(await read(one, id))).toBe(sha256(bytes));
  });

  it("[B5] store one of two bodies that are sent at once with one key", async () => {
    const bodies = [1, 2].map((seed) => someBytes(PART + 40_000, seed));
    for (let round = 0; round < 10; round += 1) {
      // A body that is refused is not read to its end, so its connection is not used again.
      const { headers } = bearer(TOKEN, { "idempotency-key": `${round}`, connection: "close" });
      const answers = [one, other].map(async ({ url }, n) => {
        const upload = `${url}/api/rooms/123/upload/x.bin`;
        const body = bodies[n] ?? null;
        return { n, ...(await answer(fetch(upload, { method: "PUT", body, headers }))) };
      });
      const all = await Promise.all(answers);
      expect(all.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
      for (const { n, status, body } of all) {
        if (status !== 201) continue;
        const { payload } = body as { payload: { files: [{ id: string }] } };
        const bytes = await read(other, payload.files[0].id);
        expect(sha256(bytes)).toBe(sha256(bodies[n] ?? new Uint8Array()));
      }
    }
  });

  it("[B4] give a file to one message, though both are asked at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const file = await at(one).store(someBytes(10));
      const asked = [one, other].map((server, n) =>
        at(server).say({ message: "mine", files: [file], id: `${round}-${n}` }),
      );
      const statuses = (await Promise.all(asked)).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
    }
  });

  it("[B4] delete it everywhere with its message", async () => {
    const file = await at(one).store(someBytes(10));
    await at(one).say({ message: "mine", files: [file], id: "one" });
    await read(other, file.id);
    const deleted = await at(other).frames([{ type: "delete", payload: { target: "one" } }]);
    expect(await deleted.json()).toMatchObject({ frames: [{ type: "deleted" }] });
    for (const { url } of [one, other]) {
      expect((await fetch(`${url}/files/${file.id}/x`)).status).toBe(404);
    }
  });
});
