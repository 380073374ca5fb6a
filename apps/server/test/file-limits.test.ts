import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import { MemoryFiles } from "../src/backends/memory/files.ts";
import { FilesUnavailable, NoSpace } from "../src/files/file-store.ts";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { FileRequests, newFileId, PART, someBytes } from "./file-requests.ts";
import { RawSocket } from "./raw-socket.ts";
import { stored } from "./sent-files.ts";
import { TestServer, type ServerOptions } from "./server.ts";

const MIB = 1024 * 1024;

/** A request is handled as it comes. */
const AT_ONCE: ServerOptions["turns"] = {
  take(_, work) {
    work();
    return 0;
  },
};

let server: TestServer;
afterEach(() => server.close());

/** Starts a server with limits. @returns the requests of somebody, by their letter */
async function start(env: Record<string, string> = {}, options: ServerOptions = {}) {
  server = await TestServer.start({ env, ratesByTest: true, ...options });
  return (letter: string) =>
    new FileRequests(`${server.url}/api/rooms/123`, letter.repeat(TOKEN.length));
}

const head = (size: number) => ({ name: "cat.png", type: "image/png", size });
/** Stores a body whose length the server is not told, with a key if it is named. */
const pour = (bytes: Uint8Array<ArrayBuffer>, key?: string) =>
  fetch(`${server.url}/api/rooms/123/upload/cat.png`, {
    method: "PUT",
    body: new Blob([bytes]).stream(),
    duplex: "half",
    ...bearer(TOKEN, key === undefined ? {} : { "idempotency-key": key }),
  });

const statusOf = async (asked: Promise<Response>) => (await asked).status;

describe("how large a file may be", () => {
  it("is what the host says", async () => {
    const ada = (await start({ FILE_MB: "1" }))("A");
    expect(await statusOf(ada.begin(newFileId(), head(MIB)))).toBe(201);
    expect(await refusalOf(ada.begin(newFileId(), head(MIB + 1)))).toBe("413 file_too_large");
    const whole = fetch(`${server.url}/api/rooms/123/upload/big`, {
      method: "PUT",
      body: someBytes(MIB + 1),
    });
    expect(await refusalOf(whole)).toBe("413 file_too_large");
  });

  it("is so for a body of unknown length, and nothing of it is kept, also with a key", async () => {
    const store = new MemoryFiles();
    await start({ FILE_MB: "1" }, { files: store });
    for (const key of [undefined, "job-7", "job-7"]) {
      expect(await refusalOf(pour(someBytes(MIB + 1), key))).toBe("413 file_too_large");
      expect(await stored(store)).toEqual([]);
      expect(await server.metric("parley_file_bytes")).toBe(0);
    }
    expect(await statusOf(pour(someBytes(MIB), "job-7"))).toBe(201);
  });
});

describe("how many parts come at once", () => {
  it("is three of a person: the next is told to wait", async () => {
    const person = await start({}, { turns: AT_ONCE });
    const id = newFileId();
    await person("A").begin(id, head(2));
    const ends = await Promise.all([1, 2, 3].map(() => person("A").half(id, 0, someBytes(2, 9))));
    expect(await refusalOf(person("A").part(id, 0, someBytes(2)))).toBe("429 too_many_uploads");
    const webp = new Uint8Array(Buffer.from("RIFF....WEBPVP8 "));
    expect(await statusOf(person("A").part(id, "thumb", webp))).toBe(204);
    const other = newFileId();
    await person("B").begin(other, head(2));
    expect(await statusOf(person("B").part(other, 0, someBytes(2)))).toBe(204);
    expect(await Promise.all(ends.map((end) => end()))).toEqual([204, 204, 204]);
    expect(await refusalOf(person("A").part(id, 0, someBytes(2)))).toBe("409 file_conflict");
  });
});

describe("parts that a slow store has not taken", () => {
  it("count as under way", async () => {
    const store = new MemoryFiles();
    const { promise, resolve } = Promise.withResolvers<void>();
    const put = store.put.bind(store);
    const late = async (...part: Parameters<MemoryFiles["put"]>) => {
      await promise;
      return put(...part);
    };
    const ada = (await start({}, { files: store }))("A");
    const id = newFileId();
    await ada.begin(id, head(4 * PART));
    const putting = vi.spyOn(store, "put");
    for (let n = 0; n < 3; n += 1) putting.mockImplementationOnce(late);
    const parts = [0, 1, 2].map((n) => statusOf(ada.part(id, n, someBytes(PART))));
    await until(() => expect(putting).toHaveBeenCalledTimes(3));
    expect(await statusOf(ada.part(id, 3, someBytes(PART)))).toBe(429);
    resolve();
    expect(await Promise.all(parts)).toEqual([204, 204, 204]);
    expect(await statusOf(ada.part(id, 3, someBytes(PART)))).toBe(204);
  });
});

describe("how much is sent in a day", () => {
  it("is 100 MB of a person, and the next day it is as much again", async () => {
    const person = await start();
    const begin = () => person("A").begin(newFileId(), head(24 * MIB));
    for (let n = 0; n < 4; n += 1) expect(await statusOf(begin())).toBe(201);
    expect(await refusalOf(begin())).toBe("429 rate_limited");
    const small = await answer(person("A").begin(newFileId(), head(25 * MIB)));
    const { error } = small.body as { error: { retryAfter: number; temporary: boolean } };
    expect(error.temporary).toBe(true);
    expect(error.retryAfter).toBeGreaterThan(3_600_000);
  });

  it("is 500 MB of a network address", async () => {
    const person = await start();
    const begin = (letter: string) => person(letter).begin(newFileId(), head(24 * MIB));
    for (const letter of "ABCDE") {
      for (let n = 0; n < 4; n += 1) expect(await statusOf(begin(letter))).toBe(201);
    }
    expect(await refusalOf(begin("F"))).toBe("429 rate_limited");
  });

  it("counts a body of unknown length as it arrives", async () => {
    const store = new MemoryFiles();
    const ada = (await start({}, { files: store }))("A");
    for (let n = 0; n < 4; n += 1) await ada.begin(newFileId(), head(24 * MIB));
    const { status, body } = await answer(pour(someBytes(5 * MIB), "job-7"));
    expect({ status, body }).toMatchObject({
      status: 429,
      body: { error: { code: "rate_limited", temporary: true } },
    });
    const kept = 96 * MIB + 15 * PART;
    expect(await server.metric("parley_file_bytes")).toBe(kept);
    expect(await refusalOf(pour(someBytes(PART)))).toBe("429 rate_limited");
    expect(await stored(store)).toHaveLength(1);
    server.pass(3_600_000);
    expect(await statusOf(pour(someBytes(5 * MIB), "job-7"))).toBe(201);
    expect(await server.metric("parley_file_bytes")).toBe(101 * MIB);
  });

  it("has no limit if the host lifts the rates", async () => {
    const person = await start({ LIMITS: "off" });
    for (let n = 0; n < 6; n += 1) {
      expect(await statusOf(person("A").begin(newFileId(), head(24 * MIB)))).toBe(201);
    }
  });
});

describe("how many files wait for a message", () => {
  it("is 20 of a person: one that is sent or dropped makes place", async () => {
    const ada = (await start({ LIMITS: "off" }))("A");
    const [first, second] = [await ada.store(someBytes(1)), await ada.store(someBytes(1))];
    for (let n = 2; n < 20; n += 1) await ada.begin(newFileId(), head(1));
    expect(await refusalOf(ada.begin(newFileId(), head(1)))).toBe("429 rate_limited");
    expect(await statusOf(ada.begin(first.id, first))).toBe(200);
    expect(await statusOf(ada.say({ message: "cat", files: [first] }))).toBe(201);
    expect(await statusOf(ada.begin(newFileId(), head(1)))).toBe(201);
    expect(await refusalOf(ada.begin(newFileId(), head(1)))).toBe("429 rate_limited");
    expect(await statusOf(ada.drop(second.id))).toBe(204);
    expect(await statusOf(ada.begin(newFileId(), head(1)))).toBe(201);
  });
});

describe("a store that is full, or away", () => {
  class Failing extends MemoryFiles {
    failure: Error | undefined;

    override async put(...put: Parameters<MemoryFiles["put"]>): Promise<boolean> {
      if (this.failure) throw this.failure;
      return super.put(...put);
    }
  }

  it.each([
    [new NoSpace("full"), "507 no_space", "no_space"],
    [new FilesUnavailable("away"), "503 unavailable", "unavailable"],
  ])("[B6] refuses files for now, over HTTP and a socket: %s", async (failure, refused, code) => {
    const message = expect.stringMatching(/files/i) as string;
    const store = new Failing();
    const ada = (await start({ LIMITS: "off" }, { files: store }))("A");
    const id = newFileId();
    await ada.begin(id, head(2));
    store.failure = failure;
    expect(await refusalOf(ada.part(id, 0, someBytes(2)))).toBe(refused);
    const { body } = await answer(ada.part(id, 0, someBytes(2)));
    expect(body).toMatchObject({ error: { code, message } });
    const client = await PlainClient.connect(server.socketUrl);
    await client.join("123");
    client.ws.send(someBytes(3));
    expect(await client.next("error")).toMatchObject({ code, temporary: true, message });
    client.say("hi");
    expect(await client.next("chat")).toMatchObject({ message: "hi" });
    store.failure = undefined;
    expect(await statusOf(ada.part(id, 0, someBytes(2)))).toBe(204);
  });
});

describe("a reader who reads nothing", () => {
  it("is cut off, and the rest of the file is not read for them", async () => {
    const store = new MemoryFiles();
    const read = vi.spyOn(store, "get");
    const ada = (await start({ LIMITS: "off" }, { files: store }))("A");
    // More than the kernel takes off the server's hands.
    const file = await ada.store(someBytes(24 * MIB));
    await ada.say({ message: "large", files: [file] });
    read.mockClear();
    const raw = await RawSocket.connect(server.port);
    raw.socket.pause();
    raw.write(`GET /files/${file.id}/x HTTP/1.1\r\nHost: x\r\n\r\n`);
    await until(async () => {
      server.pass(1_000);
      expect(await server.metric('parley_cut_off_total{why="stalled"}')).toBe(1);
    });
    expect(read.mock.calls.length).toBeLessThan(file.size / PART);
    raw.socket.resume();
    await raw.closed;
  });
});

describe("how much is stored in all", () => {
  it("[B6] is what the host says: then files are refused for now, and messages are taken", async () => {
    const ada = (await start({ LIMITS: "off", FILES_GB: "0.001" }))("A");
    const first = await ada.store(someBytes(PART));
    await ada.begin(newFileId(), head(700_000));
    const refused = await answer(ada.begin(newFileId(), head(100_000)));
    expect(refused).toMatchObject({
      status: 507,
      body: { error: { code: "no_space", temporary: true } },
    });
    expect(await statusOf(ada.say({ message: "cat", files: [first] }))).toBe(201);
    expect(await statusOf(ada.say({ message: "hi" }))).toBe(201);
    const other = await ada.store(someBytes(30_000));
    expect(await server.metric("parley_file_bytes")).toBe(PART + 730_000);
    expect(await refusalOf(ada.begin(newFileId(), head(30_000)))).toBe("507 no_space");
    await ada.drop(other.id);
    expect(await statusOf(ada.begin(newFileId(), head(30_000)))).toBe(201);
  });

  it("[B6] counts of a body of unknown length what has come of it", async () => {
    const store = new MemoryFiles();
    await start({ LIMITS: "off", FILES_GB: "0.001" }, { files: store });
    expect(await statusOf(pour(someBytes(PART)))).toBe(201);
    expect(await server.metric("parley_file_bytes")).toBe(PART);
    expect(await refusalOf(pour(someBytes(3 * PART)))).toBe("507 no_space");
    expect(await stored(store)).toHaveLength(1);
    expect(await server.metric("parley_file_bytes")).toBe(PART);
    expect(await refusalOf(pour(someBytes(3 * PART), "job-7"))).toBe("507 no_space");
    expect(await server.metric("parley_file_bytes")).toBe(3 * PART);
    expect(await statusOf(pour(someBytes(2 * PART), "job-7"))).toBe(201);
    expect(await server.metric("parley_file_bytes")).toBe(3 * PART);
  });
});
