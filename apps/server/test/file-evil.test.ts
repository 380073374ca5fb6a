import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answer, refusalOf, TOKEN } from "./api-requests.ts";
import { FileRequests, newFileId, PART, someBytes } from "./file-requests.ts";
import { TestServer } from "./server.ts";

let server: TestServer;
let files: FileRequests;
beforeAll(async () => {
  server = await TestServer.start();
  files = new FileRequests(`${server.url}/api/rooms/123`);
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/files/${path}`, { headers });

/** Stores a file and says it. @returns its id, and its name as the message has it */
async function say(bytes: Uint8Array<ArrayBuffer>, facts: { name?: string; type?: string }) {
  const file = await files.store(bytes, facts);
  const { status, body } = await answer(files.say({ message: "there", files: [file] }));
  expect(status).toBe(201);
  const [said] = (body as { payload: { files: { id: string; name: string }[] } }).payload.files;
  return said ?? { id: "", name: "" };
}

describe("a name that is meant to do harm", () => {
  it.each([
    ["../../etc/passwd", ".._.._etc_passwd"],
    ["..\\..\\boot.ini", ".._.._boot.ini"],
    ["..%2f..%2fetc", "..%2f..%2fetc"],
    ["photo\u202Egpj.exe", "photogpj.exe"],
    ["nothing\u0000.png", "nothing.png"],
    ["a\r\nSet-Cookie: b=c", "aSet-Cookie: b=c"],
    ['"; filename="other.html', '"; filename="other.html'],
    ["CON", "CON"],
    [".htaccess", ".htaccess"],
    ["😀".repeat(120), "😀".repeat(120)],
  ])("%j is %j, and never a path", async (name, expected) => {
    const file = await say(someBytes(5), { name });
    expect(file.name).toBe(expected);
    const served = await get(`${file.id}/${encodeURIComponent(expected)}`);
    expect(served.status).toBe(200);
    expect(served.headers.get("set-cookie")).toBeNull();
    const [, encoded = ""] =
      /^inline; filename="[^"\\]*"; filename\*=UTF-8''(\S+)$/.exec(
        served.headers.get("content-disposition") ?? "",
      ) ?? [];
    expect(decodeURIComponent(encoded)).toBe(expected);
  });

  it.each(["", " ", "\u202E\u0000", "x".repeat(121), "x".repeat(300), "\u0301".repeat(400)])(
    "%j is refused",
    async (name) => {
      const begun = files.begin(newFileId(), { name, type: "image/png", size: 1 });
      expect(await refusalOf(begun)).toBe("400 bad_file");
    },
  );

  it("means nothing in a path", async () => {
    const { id } = await say(someBytes(5), {});
    for (const name of ["..%2f..%2fabout.json", "%00", "%E2%80%AE", "x".repeat(300), "%zz"]) {
      const served = await get(`${id}/${name}`);
      expect([served.status, (await served.arrayBuffer()).byteLength]).toEqual([200, 5]);
    }
    const upload = fetch(`${server.url}/api/rooms/123/upload/..%2f..%2fcat.png`, {
      method: "PUT",
      body: "meow",
    });
    expect(await answer(upload)).toMatchObject({
      status: 201,
      body: { payload: { message: ".._.._cat.png" } },
    });
  });
});

describe("an id that is meant to do harm", () => {
  it.each(["..", "..%2f..%2fetc%2fpasswd", "%00", "x".repeat(23), "x".repeat(21), "a b", "thumb"])(
    "%s is refused",
    async (id) => {
      expect((await get(`${id}/x`)).status).toBe(404);
      expect((await files.begin(id, { name: "a", type: "a/b", size: 1 })).status).toBeGreaterThan(
        399,
      );
    },
  );

  it("is nobody's if it is the store's own", async () => {
    const begun = files.begin("whose-files-these-are-", { name: "a", type: "a/b", size: 1 });
    expect(await refusalOf(begun)).toBe("409 file_conflict");
    expect(await refusalOf(get("whose-files-these-are-/x"))).toBe("404 unknown_file");
  });
});

describe("a type that lies", () => {
  const html = new Uint8Array(Buffer.from("<script>alert(1)</script>"));

  it.each([
    ["text/html", "application/octet-stream", "attachment"],
    ["image/svg+xml", "application/octet-stream", "attachment"],
    ["application/xhtml+xml", "application/octet-stream", "attachment"],
    ["text/xml", "application/octet-stream", "attachment"],
    ["application/pdf", "application/octet-stream", "attachment"],
    ["application/javascript", "application/octet-stream", "attachment"],
    ["multipart/x-mixed-replace", "application/octet-stream", "attachment"],
    ["text/plain", "text/plain; charset=utf-8", "attachment"],
    ["image/png", "image/png", "inline"],
    ["video/mp4", "video/mp4", "inline"],
  ])("[B5] %s is served as %s, as an %s, and runs nowhere", async (type, served, disposition) => {
    const { id } = await say(html, { type });
    const { headers } = await get(`${id}/x`);
    expect(headers.get("content-type")).toBe(served);
    expect(headers.get("content-disposition")).toMatch(new RegExp(`^${disposition};`));
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toBe("sandbox; default-src 'none'");
  });

  it.each(["text/html; charset=utf-8", "Image/PNG", "image", "image/png\r\nX: y", "*/*", ""])(
    "%j is no type",
    async (type) => {
      const begun = files.begin(newFileId(), { name: "a", type, size: 1 });
      expect(await refusalOf(begun)).toBe("400 bad_file");
    },
  );

  it("has a thumbnail with the type of its bytes", async () => {
    const file = await files.store(html, { type: "image/png" });
    expect(await refusalOf(files.part(file.id, "thumb", html))).toBe("400 bad_thumbnail");
  });
});

describe("a size that lies", () => {
  it.each([-1, 1.5, "5", null, 1e300])("%j is refused", async (size) => {
    const begun = await files.begin(newFileId(), { name: "a", type: "a/b", size });
    expect([400, 413]).toContain(begun.status);
  });

  it("of 0 bytes is one", async () => {
    const { id } = await say(new Uint8Array(), {});
    const served = await get(`${id}/x`, { range: "bytes=0-5" });
    expect(served.status).toBe(416);
    const whole = await get(`${id}/x`);
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 0]);
  });

  it("is that of each part, whatever comes", async () => {
    const id = newFileId();
    await files.begin(id, { name: "a", type: "a/b", size: PART + 1 });
    const chunked = fetch(`${server.url}/api/rooms/123/files/${id}/0`, {
      method: "PUT",
      body: new Blob([someBytes(PART + 1)]).stream(),
      headers: { authorization: `Bearer ${TOKEN}` },
      duplex: "half",
    });
    expect(await refusalOf(chunked)).toBe("413 body_too_large");
    expect(await refusalOf(files.part(id, 0, someBytes(0)))).toBe("400 bad_parameter");
  });
});

describe("any range", () => {
  const SIZE = 2 * PART + 1_000;
  const bytes = someBytes(SIZE);
  const place = fc.oneof(
    fc.nat(SIZE + 10),
    fc.constantFrom(0, PART - 1, PART, 2 * PART, SIZE - 1, SIZE, Number.MAX_SAFE_INTEGER),
  );

  it("[B5] is answered with its bytes, or with why not", async () => {
    const { id } = await say(bytes, {});
    const check = async (range: string, from: number, to: number) => {
      const response = await get(`${id}/x`, { range });
      const body = new Uint8Array(await response.arrayBuffer());
      if (from >= SIZE || from >= to) {
        expect([range, response.status]).toEqual([range, 416]);
        return;
      }
      const end = Math.min(to, SIZE);
      expect([range, response.status]).toEqual([range, 206]);
      expect(response.headers.get("content-range")).toBe(`bytes ${from}-${end - 1}/${SIZE}`);
      expect(Buffer.compare(body, bytes.subarray(from, end))).toBe(0);
    };
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [from, last] = one < other ? [one, other] : [other, one];
        await check(`bytes=${from}-${last}`, from, last + 1);
        await check(`bytes=${from}-`, from, SIZE);
        await check(`bytes=-${one}`, Math.max(0, SIZE - one), SIZE);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    "",
    "bytes",
    "bytes=",
    "bytes=-",
    "bytes=5-2",
    "bytes=a-b",
    "lines=0-5",
    "bytes=0-1,4-5",
  ])("%j is answered with the whole file", async (range) => {
    const { id } = await say(someBytes(9), {});
    const response = await get(`${id}/x`, { range });
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 9]);
  });
});
