import { createHash } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "@parley/testkit";
import { HttpProxy } from "@parley/testkit/http-proxy";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { eachWithParley, messagesIn } from "../testing/parley.ts";

const held = eachWithParley();

let folder: string;
beforeEach(async () => {
  folder = await makeTemporaryFolder("send");
});
afterEach(() => removeTemporaryFolder(folder));

async function put(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("parley send", () => {
  it("sends files with one message, and tail shows their names and links", async () => {
    const { parley, server } = held;
    const large = Uint8Array.from({ length: 600_000 }, (_, at) => (at * 31 + (at >> 8)) % 256);
    const cat = await put("cat photo.png", large);
    const notes = await put("notes.md", new Uint8Array(Buffer.from("one line")));
    const { code, err } = await parley.run(["send", "1", cat, notes, "--message", "see there"]);
    expect([code, err]).toEqual([0, ""]);
    const page = await fetch(`${server.url}/api/rooms/1/messages`);
    const { entries } = (await page.json()) as {
      entries: { payload: { message: string; files: { id: string; name: string }[] } }[];
    };
    expect(entries).toMatchObject([
      {
        payload: {
          message: "see there",
          files: [
            { name: "cat photo.png", type: "image/png", size: 600_000 },
            { name: "notes.md", type: "text/plain", size: 8 },
          ],
        },
      },
    ]);
    const [file] = entries[0]?.payload.files ?? [];
    const url = `${server.url}/files/${file?.id}/cat%20photo.png`;
    const stored = new Uint8Array(await (await fetch(url)).arrayBuffer());
    expect(sha256(stored)).toBe(sha256(large));
    const tail = parley.start("tail", "1");
    await until(() => {
      expect(tail.out).toContain(": see there\n      cat photo.png (600 kB) http://");
      expect(tail.out).toContain(
        `/files/${file?.id}/cat%20photo.png\n      notes.md (8 bytes) http://`,
      );
    });
  });

  it("says what is wrong: no file, too many, one that is not there, one that is refused", async () => {
    const { parley } = held;
    expect((await parley.run(["send", "1"])).code).toBe(2);
    expect((await parley.run(["send", "1", ...Array<string>(11).fill("x")])).code).toBe(2);
    const missing = await parley.run(["send", "1", join(folder, "nothing")]);
    expect(missing.code).toBe(2);
    expect(missing.err).toMatch(/^parley: .* cannot be read: ENOENT.*\n$/);
    const huge = await put("huge.bin", new Uint8Array(26 * 1024 * 1024));
    const refused = await parley.run(["send", "1", huge]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("too large") });
  });

  it("keeps nothing that it could not send: run again, it sends once", async () => {
    const { parley, server } = held;
    const cat = await put("cat.png", new Uint8Array(Buffer.from("meow")));
    const proxy = await HttpProxy.start(server.port, { refusesUpgrades: true });
    const send = ["send", "twice", cat, "--server", proxy.url];
    const { code, err } = await parley.run(send);
    expect([code, err]).toEqual([75, expect.stringContaining("is not kept. Run this again")]);
    proxy.faults = {};
    expect(await parley.run(send)).toEqual({ code: 0, out: "", err: "" });
    expect((await parley.run(["say", "twice", "done", "--server", proxy.url])).code).toBe(0);
    await proxy.close();
    expect(await messagesIn(server, "twice")).toEqual(["cat.png", "done"]);
  });

  it("says at once that the server is away, and tries again", async () => {
    const { parley, server } = held;
    const cat = await put("cat.png", new Uint8Array(Buffer.from("meow")));
    await server.stop();
    const send = parley.start("send", "away", cat);
    await until(() => expect(send.err).toBe(`parley: ${server.url}/ is away. Trying again.\n`));
    expect(send.process.exitCode).toBeNull();
  });

  it("takes regular files only, before it sends any, and says how a pipe is sent", async () => {
    const { parley, server } = held;
    const cat = await put("cat.png", new Uint8Array(Buffer.from("meow")));
    const proxy = await HttpProxy.start(server.port);
    for (const path of [folder, "/dev/stdin"]) {
      const args = ["send", "pipes", cat, path, "--server", proxy.url];
      const { code, err } = await parley.run(args, "important");
      expect([code, path], err).toEqual([2, path]);
      expect(err).toContain(`parley: ${path} is not a regular file.`);
      expect(err).toContain(`| curl -T - ${proxy.url}/api/rooms/pipes/upload/NAME\n`);
    }
    expect(proxy.requests).toEqual([]);
    await proxy.close();
  });
});
