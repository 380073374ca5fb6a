import { request } from "node:http";
import { until } from "@parley/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryFiles } from "../src/backends/memory/files.ts";

import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { PART, someBytes } from "./file-requests.ts";
import { stored } from "./sent-files.ts";
import { TestServer } from "./server.ts";

const KEYED = bearer(TOKEN, { "idempotency-key": "job-7", connection: "close" });

let server: TestServer;
let store: MemoryFiles;
beforeEach(async () => {
  store = new MemoryFiles();
  server = await TestServer.start({ files: store });
});
afterEach(() => server.close());

const pathOf = (name: string) => `${server.url}/api/rooms/123/upload/${name}`;
const upload = (name: string, body: Uint8Array<ArrayBuffer>) =>
  fetch(pathOf(name), { method: "PUT", body, ...KEYED });

/** Sends a body of unknown length, and breaks off once the server has stored its first part. */
async function cutAfterOnePart(name: string, bytes: Uint8Array): Promise<void> {
  const sending = request(pathOf(name), { method: "PUT", ...KEYED });
  sending.on("error", () => {});
  sending.write(bytes.subarray(0, PART + 10));
  await until(async () => expect(await stored(store)).toHaveLength(1));
  sending.destroy();
}

describe("an upload of unknown length that was cut", () => {
  const bytes = someBytes(2 * PART + 5);

  it("[D2] goes on with the same file and key, once its length is known", async () => {
    await cutAfterOnePart("blob.bin", bytes);
    const size = bytes.length;
    const said = await answer(upload("blob.bin", bytes));
    expect(said).toMatchObject({
      status: 201,
      body: { payload: { id: "job-7", files: [{ name: "blob.bin", size }] } },
    });
    expect(await answer(upload("blob.bin", bytes))).toEqual({ status: 200, body: said.body });
    const { payload } = said.body as { payload: { files: [{ id: string }] } };
    const file = await fetch(`${server.url}/files/${payload.files[0].id}/x`);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    const longer = refusalOf(upload("blob.bin", someBytes(size + 1)));
    expect(await longer).toBe("409 file_conflict");
  });

  it("[B5] does not go on with another name or other bytes", async () => {
    await cutAfterOnePart("blob.bin", bytes);
    expect(await refusalOf(upload("other.bin", bytes))).toBe("409 file_conflict");
    const other = upload("blob.bin", someBytes(bytes.length, 2));
    expect(await refusalOf(other)).toBe("409 file_conflict");
    expect((await upload("blob.bin", bytes)).status).toBe(201);
  });
});
