import type { UpPayload } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { someBytes } from "./file-requests.ts";
import { TestServer } from "./server.ts";

const PNG = new Uint8Array(Buffer.from("\u0089PNG\r\n\u001A\n and so on", "latin1"));

let server: TestServer;
let ada: PlainClient;
beforeEach(async () => {
  server = await TestServer.start();
  ada = await PlainClient.connect(server.socketUrl);
});
afterEach(() => server.close());

function send(bytes: Uint8Array, said?: UpPayload<"file">): void {
  if (said) ada.send("file", said);
  ada.ws.send(bytes);
}

const joinAs = (name: string) => ada.join("123", { name });

/** The bytes of the first file of a message. */
async function bytesOf({
  files = [],
}: {
  files?: readonly { id: string }[] | undefined;
}): Promise<Uint8Array> {
  const response = await fetch(`${server.url}/files/${files[0]?.id}/x`);
  return new Uint8Array(await response.arrayBuffer());
}

describe("a binary frame", () => {
  it("is a file of its sender, named and typed by its first bytes", async () => {
    await joinAs("Ada");
    send(PNG);
    const entry = await ada.next("chat");
    expect(entry).toMatchObject({
      message: "file.png",
      files: [{ name: "file.png", type: "image/png", size: PNG.length }],
      from: { name: "Ada" },
    });
    expect(await bytesOf(entry)).toEqual(PNG);
  });

  it("is what the file frame before it says, once for each id", async () => {
    await joinAs("Ada");
    const said = { name: "notes.txt", message: "see there", id: "one", ref: "mine" };
    const notes = new Uint8Array(Buffer.from("one line"));
    send(notes, said);
    const entry = await ada.next("chat");
    expect(entry).toMatchObject({
      id: "one",
      message: "see there",
      files: [{ name: "notes.txt", type: "text/plain", size: 8 }],
    });
    send(notes, said);
    expect(await ada.next("chat")).toEqual(entry);
    send(PNG, said);
    expect(await ada.next("error")).toMatchObject({ code: "id_conflict", ref: "mine" });
    send(notes);
    expect(await ada.next("chat")).toMatchObject({ message: "file.txt" });
  });

  it("keeps its place among the messages of its sender, and may hold 256 KiB, or nothing", async () => {
    await joinAs("Ada");
    const large = someBytes(256 * 1024);
    send(large);
    ada.say("after it");
    send(new Uint8Array());
    ada.say("at the end");
    const entry = await ada.next("chat");
    expect(entry).toMatchObject({ message: "file", seq: 1, files: [{ size: 256 * 1024 }] });
    expect(await ada.next("chat")).toMatchObject({ message: "after it", seq: 2 });
    expect(await ada.next("chat")).toMatchObject({ seq: 3, files: [{ size: 0 }] });
    expect(await ada.next("chat")).toMatchObject({ message: "at the end", seq: 4 });
    expect(await bytesOf(entry)).toEqual(large);
  });

  it("needs a room, and a server that takes files", async () => {
    send(PNG);
    expect(await ada.next("error")).toMatchObject({ code: "not_joined" });
    await server.close();
    server = await TestServer.start({ files: null });
    ada = await PlainClient.connect(server.socketUrl);
    await joinAs("Ada");
    ada.send("file", { name: "cat.png", ref: "mine" });
    expect(await ada.next("error")).toMatchObject({ code: "files_off", ref: "mine" });
    ada.ws.send(PNG);
    expect(await ada.next("error")).toMatchObject({ code: "binary_frame" });
  });

  it("takes the permits of a message", async () => {
    await server.close();
    server = await TestServer.start({ env: { MESSAGES_BURST: "1" }, ratesByTest: true });
    ada = await PlainClient.connect(server.socketUrl);
    await joinAs("Ada");
    send(PNG);
    send(PNG, { id: "two" });
    expect(await ada.next("error")).toMatchObject({ code: "rate_limited", ref: "two" });
  });
});
