import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { digestOf, FileRequests, newFileId, PART, someBytes } from "./file-requests.ts";
import { TestServer } from "./server.ts";

const BEN_TOKEN = "BBBBBBBBBBBBBBBBBBBBBB";

let server: TestServer;
let room: string;
let files: FileRequests;
beforeEach(async () => {
  server = await TestServer.start();
  room = `${server.url}/api/rooms/123`;
  files = new FileRequests(room);
});
afterEach(() => server.close());

const statusOf = async (asked: Promise<Response>) => (await asked).status;
const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
  fetch(`${server.url}/files/${path}`, { headers, method });

describe("a file that is put", () => {
  it("[B1] comes in parts, in any order and twice, and says which are missing", async () => {
    const id = newFileId();
    const bytes = someBytes(2 * PART + 5);
    const head = { name: "cat.png", type: "image/png", size: bytes.length };
    expect(await answer(files.begin(id, head))).toEqual({
      status: 201,
      body: { part: PART, missing: [0, 1, 2] },
    });
    const last = bytes.subarray(2 * PART);
    expect(await statusOf(files.part(id, 2, last, { "content-digest": digestOf(last) }))).toBe(204);
    expect(await statusOf(files.part(id, 2, last))).toBe(204);
    expect(await statusOf(files.part(id, 0, bytes.subarray(0, PART)))).toBe(204);
    expect(await answer(files.begin(id, head))).toEqual({
      status: 200,
      body: { part: PART, missing: [1] },
    });
    expect(await refusalOf(files.part(id, 2, someBytes(5, 9)))).toBe("409 file_conflict");
  });

  it("is refused if it is not what was said of it", async () => {
    const id = newFileId();
    const head = { name: "cat.png", type: "image/png", size: PART + 5 };
    await files.begin(id, head);
    expect(await refusalOf(files.begin(id, { ...head, name: "dog.png" }))).toBe(
      "409 file_conflict",
    );
    expect(await refusalOf(files.part(id, 1, someBytes(4)))).toBe("400 bad_parameter");
    expect(await refusalOf(files.part(id, 1, someBytes(6)))).toBe("413 body_too_large");
    expect(await refusalOf(files.part(id, 2, someBytes(5)))).toBe("400 bad_parameter");
    expect(await refusalOf(files.part(id, "1e0", someBytes(5)))).toBe("400 bad_parameter");
    const digest = { "content-digest": digestOf(someBytes(6)) };
    const broken = await answer(files.part(id, 1, someBytes(5), digest));
    expect(broken).toMatchObject({
      status: 422,
      body: { error: { code: "bad_digest", temporary: true } },
    });
    expect(await refusalOf(files.begin("short", head))).toBe("400 bad_file");
    expect(await refusalOf(files.begin(newFileId(), { ...head, type: "no type" }))).toBe(
      "400 bad_file",
    );
    expect(await refusalOf(files.begin(newFileId(), { ...head, size: 25 * 1024 * 1024 + 1 }))).toBe(
      "413 file_too_large",
    );
  });

  it("is its author's alone, in the room where it was begun", async () => {
    const id = newFileId();
    const head = { name: "cat.png", type: "image/png", size: 5 };
    await files.begin(id, head);
    const others = [
      new FileRequests(room, BEN_TOKEN),
      new FileRequests(`${server.url}/api/rooms/other`),
    ];
    for (const other of others) {
      expect(await refusalOf(other.begin(id, head))).toBe("409 file_conflict");
      expect(await refusalOf(other.part(id, 0, someBytes(5)))).toBe("404 unknown_file");
      expect(await refusalOf(other.drop(id))).toBe("404 unknown_file");
    }
    const nobody = fetch(`${room}/files/${id}`, { method: "PUT", body: JSON.stringify(head) });
    expect(await refusalOf(nobody)).toBe("401 token_needed");
  });

  it("can be dropped until a message has it", async () => {
    const file = await files.store(someBytes(5));
    expect(await statusOf(files.drop(file.id))).toBe(204);
    expect(await refusalOf(files.drop(file.id))).toBe("404 unknown_file");
    expect(await refusalOf(files.say({ message: "cat", files: [file] }))).toBe("404 unknown_file");
    const other = await files.store(someBytes(5));
    expect(await statusOf(files.say({ message: "cat", files: [other] }))).toBe(201);
    expect(await refusalOf(files.drop(other.id))).toBe("409 file_taken");
  });

  it("has a small picture as its thumbnail", async () => {
    const file = await files.store(someBytes(5));
    const webp = new Uint8Array(Buffer.from("RIFF....WEBPVP8 "));
    const withThumb = { message: "cat", files: [{ ...file, thumb: true }] };
    expect(await refusalOf(files.part(file.id, "thumb", someBytes(5)))).toBe("400 bad_thumbnail");
    expect(await refusalOf(files.part(file.id, "thumb", someBytes(33 * 1024)))).toBe(
      "413 body_too_large",
    );
    expect(await refusalOf(files.say(withThumb))).toBe("404 unknown_file");
    expect(await statusOf(files.part(file.id, "thumb", webp))).toBe(204);
    expect(await statusOf(files.say(withThumb))).toBe(201);
    const thumbnail = await get(`${file.id}/thumb`);
    expect(thumbnail.headers.get("content-type")).toBe("image/webp");
    expect(new Uint8Array(await thumbnail.arrayBuffer())).toEqual(webp);
  });
});

describe("a body that ends late", () => {
  const picture = (text: string) => new Uint8Array(Buffer.from(`RIFF....WEBPVP8 ${text}`));

  it("[B5] replaces no thumbnail of a file that a message has by then", async () => {
    const file = await files.store(someBytes(5));
    await files.part(file.id, "thumb", picture("one"));
    const end = await files.half(file.id, "thumb", picture("another"));
    const said = files.say({ message: "cat", files: [{ ...file, thumb: true }] });
    expect(await statusOf(said)).toBe(201);
    expect(await end()).toBe(409);
    const thumbnail = await get(`${file.id}/thumb`);
    expect(new Uint8Array(await thumbnail.arrayBuffer())).toEqual(picture("one"));
  });

  it("[B1] is no part of a file that was deleted by then, or begun again", async () => {
    const head = { name: "cat.png", type: "image/png", size: 5 };
    for (const isBegunAgain of [false, true]) {
      const id = newFileId();
      await files.begin(id, head);
      const end = await files.half(id, 0, someBytes(5));
      expect(await statusOf(files.drop(id))).toBe(204);
      if (isBegunAgain) await files.begin(id, head);
      expect(await end()).toBe(404);
      expect(await answer(files.begin(id, head))).toMatchObject({ body: { missing: [0] } });
    }
  });
});

describe("a message with files", () => {
  it("[B2] [B4] is taken over a socket once they are whole, and the author's own", async () => {
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada", token: TOKEN });
    const id = newFileId();
    const head = { name: "cat.png", type: "image/png", size: 5 };
    await files.begin(id, head);
    const say = (file: object, message: string, more: object = {}) =>
      ada.send("chat", { message, files: [{ id, ...head, ...file }], id: message, ...more });
    say({}, "one");
    expect(await ada.next("error")).toMatchObject({ code: "unknown_file", ref: "one" });
    await files.part(id, 0, someBytes(5));
    say({ name: "dog.png" }, "two");
    expect(await ada.next("error")).toMatchObject({ code: "unknown_file", ref: "two" });
    say({ w: 30, h: 20 }, "three");
    const entry = await ada.next("chat");
    expect(entry).toMatchObject({ id: "three", files: [{ id, ...head, w: 30, h: 20 }] });
    say({ w: 30, h: 20 }, "three");
    expect(await ada.next("chat")).toEqual(entry);
    say({}, "four");
    expect(await ada.next("error")).toMatchObject({ code: "file_taken", ref: "four" });
    const ben = await PlainClient.connect(server.socketUrl);
    await ben.join("123", { name: "Ben", token: BEN_TOKEN });
    ben.send("chat", { message: "mine", files: [{ id, ...head }], id: "three" });
    expect(await ben.next("error")).toMatchObject({ code: "unknown_file", ref: "three" });
  });

  it("keeps its place among the messages of its author", async () => {
    const file = await files.store(someBytes(5));
    const ada = await PlainClient.connect(server.socketUrl);
    await ada.join("123", { name: "Ada", token: TOKEN });
    ada.send("chat", { message: "with a file", files: [file] });
    ada.say("after it");
    expect(await ada.next("chat")).toMatchObject({ message: "with a file", seq: 1 });
    expect(await ada.next("chat")).toMatchObject({ message: "after it", seq: 2 });
  });

  it("is one of a conversation if its files are", async () => {
    const ben = await PlainClient.connect(server.socketUrl);
    const { self } = await ben.join("123", { name: "Ben", token: BEN_TOKEN });
    const withBen = new FileRequests(`${room}/with/${self.id}`);
    const open = await files.store(someBytes(5));
    expect(await refusalOf(withBen.say({ message: "psst", files: [open] }))).toBe(
      "404 unknown_file",
    );
    const secret = await withBen.store(someBytes(5));
    expect(await refusalOf(files.say({ message: "psst", files: [secret] }))).toBe(
      "404 unknown_file",
    );
    expect(await statusOf(withBen.say({ message: "psst", files: [secret] }))).toBe(201);
    expect(await ben.next("private")).toMatchObject({
      frame: { type: "chat", payload: { files: [secret] } },
    });
  });

  it("is refused by a server that takes none", async () => {
    const file = await files.store(someBytes(5));
    await server.close();
    server = await TestServer.start({ files: null });
    files = new FileRequests(`${server.url}/api/rooms/123`);
    expect(await refusalOf(files.begin(file.id, file))).toBe("501 files_off");
    expect(await refusalOf(files.say({ message: "cat", files: [file] }))).toBe("501 files_off");
    const about = (await (await fetch(`${server.url}/about.json`)).json()) as object;
    expect(about).toMatchObject({ files: null });
  });
});

describe("curl -T", () => {
  const upload = (
    name: string,
    body: NonNullable<RequestInit["body"]>,
    headers: Record<string, string> = {},
    query = "",
  ) =>
    fetch(`${room}/upload/${name}${query}`, {
      method: "PUT",
      body,
      headers,
      duplex: "half",
    });

  it("stores a file and says it, once for each key", async () => {
    const bytes = someBytes(PART + 100);
    const headers = bearer(TOKEN, { "idempotency-key": "job-7" }).headers;
    const said = await answer(upload("build%20log.bin", bytes, headers, "?name=Ada"));
    expect(said).toMatchObject({
      status: 201,
      body: {
        type: "chat",
        payload: {
          id: "job-7",
          message: "build log.bin",
          files: [{ name: "build log.bin", type: "application/octet-stream", size: PART + 100 }],
          from: { name: "Ada" },
        },
      },
    });
    expect(await answer(upload("build%20log.bin", bytes, headers))).toEqual({
      status: 200,
      body: said.body,
    });
    const [{ id }] = (said.body as { payload: { files: [{ id: string }] } }).payload.files;
    const file = await get(`${id}/x`);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    expect(await refusalOf(upload("build%20log.bin", someBytes(PART + 100, 2), headers))).toBe(
      "409 file_conflict",
    );
  });

  it("takes a body whose length nobody knows, and one that is empty", async () => {
    const stream = new Blob(["one line\n", "another\n"]).stream();
    expect(await answer(upload("notes.txt", stream))).toMatchObject({
      status: 201,
      body: { payload: { files: [{ name: "notes.txt", type: "text/plain", size: 17 }] } },
    });
    for (const nothing of ["", new Blob([]).stream()]) {
      expect(await answer(upload("nothing", nothing))).toMatchObject({
        status: 201,
        body: { payload: { files: [{ size: 0 }] } },
      });
    }
  });
});

describe("a file that is read", () => {
  const bytes = someBytes(PART + 1_000);
  let id: string;
  beforeEach(async () => {
    const file = await files.store(bytes, { name: 'кот "1".png' });
    ({ id } = file);
    await files.say({ message: "cat", files: [file] });
  });

  it("[B5] has the bytes that were put, and headers that let nothing run", async () => {
    const file = await get(`${id}/whatever`);
    expect(file.status).toBe(200);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": `inline; filename="___ _1_.png"; filename*=UTF-8''%D0%BA%D0%BE%D1%82%20%221%22.png`,
      "content-length": String(bytes.length),
      "content-security-policy": "sandbox; default-src 'none'",
      "content-type": "image/png",
      "cross-origin-resource-policy": "same-origin",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      etag: `"${id}"`,
    });
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
  });

  it("is answered in ranges, and not at all if the reader has it", async () => {
    const part = await get(`${id}/x`, { range: `bytes=${PART - 2}-${PART + 1}` });
    expect(part.status).toBe(206);
    expect(part.headers.get("content-range")).toBe(`bytes ${PART - 2}-${PART + 1}/${bytes.length}`);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(bytes.slice(PART - 2, PART + 2));
    const beyond = await get(`${id}/x`, { range: `bytes=${bytes.length}-` });
    expect(beyond.status).toBe(416);
    expect(beyond.headers.get("content-range")).toBe(`bytes */${bytes.length}`);
    const several = await get(`${id}/x`, { range: "bytes=0-1,4-5" });
    expect(several.status).toBe(200);
    await several.body?.cancel();
    const changed = await get(`${id}/x`, { range: "bytes=0-1", "if-range": '"other"' });
    expect(changed.status).toBe(200);
    await changed.body?.cancel();
    const same = await get(`${id}/x`, { range: "bytes=0-1", "if-range": `"${id}"` });
    expect(same.status).toBe(206);
    expect((await same.arrayBuffer()).byteLength).toBe(2);
    expect((await get(`${id}/x`, { "if-none-match": `"${id}"` })).status).toBe(304);
    const head = await get(`${id}/x`, {}, "HEAD");
    expect([head.status, head.headers.get("content-length")]).toEqual([200, String(bytes.length)]);
  });

  it("is not there until a message has it", async () => {
    const { id } = await files.store(someBytes(5));
    expect(await refusalOf(get(`${id}/x`))).toBe("404 unknown_file");
    expect(await refusalOf(get("nothing/x"))).toBe("404 unknown_file");
  });
});
