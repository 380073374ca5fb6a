import type { FileInfo, Refusal } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import type { FileUploads } from "../../files/file-uploads.ts";
import { createMemoryOutbox } from "../../storage/outbox-memory.ts";
import type { SendLock } from "../../storage/send-lock.ts";
import { settled } from "../../testing/fake-clock.ts";
import { visit } from "../../testing/visit.ts";
import { echo, inRoom, left, pending, refuse } from "../../testing/writing.ts";

const PICTURE: FileInfo = { id: "p".repeat(22), name: "p.png", type: "image/png", size: 9 };
const UNKNOWN: Refusal = { code: "unknown_file", message: "Not here.", temporary: false };

/** Uploads that end when the test says so, by the name of the first file. */
function uploadsByHand() {
  const running = new Map<string, (refusal?: Refusal) => void>();
  const forgotten: string[] = [];
  const uploads: FileUploads = {
    upload([file], done) {
      const name = file?.name ?? "";
      running.set(name, done);
      return () => running.delete(name);
    },
    forget: (files, isSent) => {
      forgotten.push(...files.map(({ name }) => `${name} ${isSent ? "sent" : "discarded"}`));
    },
  };
  return {
    uploads,
    forgotten,
    names: () => [...running.keys()],
    async end(name: string, refusal?: Refusal) {
      const done = running.get(name);
      running.delete(name);
      done?.(refusal);
      await settled();
    },
  };
}

const other = (name: string): FileInfo => ({ ...PICTURE, id: name.padEnd(22, "x"), name });

describe("a message with files", () => {
  it("[B3] is stored first, then uploaded, then sent; what is written later passes it", async () => {
    const outbox = createMemoryOutbox();
    const hand = uploadsByHand();
    const room = await inRoom({ outbox, files: hand.uploads });
    const photo = room.client.say("photo", { files: [PICTURE] });
    expect(hand.names()).toEqual([]);
    await settled();
    expect((await outbox.load("lobby")).map(({ id }) => id)).toEqual([photo]);
    expect(hand.names()).toEqual(["p.png"]);
    const yes = await room.say("yes");
    expect(left(room)).toEqual(["yes"]);
    room.socket.say(echo(4, yes));
    await hand.end("p.png");
    expect(room.socket.read()).toEqual([
      { type: "chat", payload: { message: "photo", files: [PICTURE], id: photo } },
    ]);
    room.socket.say(echo(5, photo));
    expect(pending(room)).toEqual([]);
    expect(hand.forgotten).toEqual(["p.png sent"]);
  });

  it("[B3] takes its turn once its files are stored: one message is in flight", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    room.client.say("photo", { files: [PICTURE] });
    await settled();
    const one = await room.say("one");
    await room.say("two");
    expect(left(room)).toEqual(["one"]);
    await hand.end("p.png");
    expect(left(room)).toEqual([]);
    room.socket.say(echo(4, one));
    expect(left(room)).toEqual(["photo"]);
  });

  it("[B3] is not passed by what refers to it", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    const photo = room.client.say("photo", { files: [PICTURE] });
    await settled();
    room.client.edit(photo, "the photo");
    room.client.say("about it", { replyTo: photo });
    await room.say("something else");
    expect(left(room)).toEqual(["something else"]);
  });

  it("[B3] keeps its place among messages with files", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    const first = room.client.say("a", { files: [other("a")] });
    room.client.say("b", { files: [other("b")] });
    await settled();
    await hand.end("b");
    expect(left(room)).toEqual([]);
    await hand.end("a");
    expect(left(room)).toEqual(["a"]);
    room.socket.say(echo(4, first));
    expect(left(room)).toEqual(["b"]);
  });

  it("uploads several at once, and stops the upload of one that is discarded", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    room.client.say("a", { files: [other("a")] });
    const second = room.client.say("b", { files: [other("b")] });
    await settled();
    expect(hand.names()).toEqual(["a", "b"]);
    room.client.discard(second);
    expect(hand.names()).toEqual(["a"]);
    expect(hand.forgotten).toEqual(["b discarded"]);
    expect(pending(room)).toEqual([["a", "queued"]]);
  });

  it("fails if a file is refused for good, and is uploaded again on a retry", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    const id = room.client.say("photo", { files: [PICTURE] });
    await settled();
    await hand.end("p.png", { code: "file_too_large", message: "Too large.", temporary: false });
    expect(pending(room)).toEqual([["photo", "failed"]]);
    room.client.retry(id);
    await settled();
    expect(hand.names()).toEqual(["p.png"]);
    await hand.end("p.png");
    expect(left(room)).toEqual(["photo"]);
  });

  it("is uploaded again, once, if the server does not have its files any more", async () => {
    const hand = uploadsByHand();
    const room = await inRoom({ files: hand.uploads });
    const id = room.client.say("photo", { files: [PICTURE] });
    await settled();
    await hand.end("p.png");
    refuse(room, { ...UNKNOWN, ref: id });
    expect(hand.names()).toEqual(["p.png"]);
    await hand.end("p.png");
    expect(left(room)).toEqual(["photo", "photo"]);
    refuse(room, { ...UNKNOWN, ref: id });
    expect(pending(room)).toEqual([["photo", "failed"]]);
  });

  it("[B1] goes on with its upload after a reload", async () => {
    const outbox = createMemoryOutbox();
    const earlier = visit({ outbox });
    earlier.client.say("photo", { files: [PICTURE] });
    await settled();
    const hand = uploadsByHand();
    const room = await inRoom({ outbox, files: hand.uploads });
    await settled();
    expect(hand.names()).toEqual(["p.png"]);
    await hand.end("p.png");
    expect(left(room)).toEqual(["photo"]);
  });

  it("waits with its upload until it is in the room, and stops it when it leaves", async () => {
    const hand = uploadsByHand();
    const room = visit({ files: hand.uploads });
    room.client.say("photo", { files: [PICTURE] });
    await settled();
    expect(hand.names()).toEqual([]);
    await room.join();
    expect(hand.names()).toEqual(["p.png"]);
    room.client.close();
    expect(hand.names()).toEqual([]);
  });

  it("is uploaded only by the tab that sends", async () => {
    const hand = uploadsByHand();
    let acquire: () => void = () => undefined;
    let lose: () => void = () => undefined;
    let requests = 0;
    const sendLock: SendLock = (_roomId, listener) => {
      acquire = () => listener.acquired();
      lose = () => listener.lost();
      return { request: () => (requests += 1), release: () => undefined };
    };
    const room = await inRoom({ files: hand.uploads, sendLock });
    expect(requests).toBe(0);
    room.client.say("photo", { files: [PICTURE] });
    await settled();
    expect(hand.names()).toEqual([]);
    expect(requests).toBeGreaterThan(0);
    acquire();
    await settled();
    expect(hand.names()).toEqual(["p.png"]);
    room.client.say("later", { files: [other("later")] });
    await settled();
    await hand.end("later");
    lose();
    expect(hand.names()).toEqual([]);
    acquire();
    await settled();
    // What is uploaded stays so.
    expect(hand.names()).toEqual(["p.png"]);
  });

  it("is sent as it is by a program that uploads before it writes", async () => {
    const room = await inRoom();
    room.client.say("photo", { files: [PICTURE] });
    await settled();
    expect(left(room)).toEqual(["photo"]);
  });
});
