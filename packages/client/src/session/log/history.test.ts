import { refusal, type DownPayload } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { RefusedError } from "../../refused-error.ts";
import { chat, chats } from "../../testing/entries.ts";
import { visit, type Visit } from "../../testing/visit.ts";
import { ANSWER_WAIT_MS } from "../machine/effect.ts";

async function inRoom(): Promise<Visit> {
  const room = visit();
  await room.join({ entries: chats(90, 99) });
  room.socket.read();
  room.told();
  return room;
}

function answer({ socket }: Visit, fields: Partial<DownPayload<"history">>): void {
  const payload = { entries: [], epoch: "epoch-1", head: 99, more: true, ...fields };
  socket.say({ type: "history", payload });
}

/** The refusal that a promise rejects with. */
async function refusalOf(page: Promise<unknown>): Promise<unknown> {
  const error: unknown = await page.catch((error: unknown) => error);
  return error instanceof RefusedError ? error.refusal : undefined;
}

describe("history", () => {
  it("gives a page to its reader, and shows nothing by itself", async () => {
    const room = await inRoom();
    const page = room.client.history(90, 10);
    expect(room.socket.readAll("history")).toEqual([{ before: 90, limit: 10 }]);
    answer(room, { entries: chats(80, 89), more: false, truncatedBefore: 80 });
    expect(await page).toEqual({ entries: chats(80, 89), more: false, truncatedBefore: 80 });
    expect(room.told()).toEqual([]);
  });

  it("asks for no more than a page holds", async () => {
    const room = await inRoom();
    const page = room.client.history(90, 5_000);
    expect(room.socket.readAll("history")).toEqual([{ before: 90, limit: 200 }]);
    answer(room, {});
    expect((await page).entries).toEqual([]);
  });

  it("asks for one page after the other from a server that names no request", async () => {
    const room = await inRoom();
    const one = room.client.history(90, 10);
    const two = room.client.history(80, 10);
    expect(room.socket.readAll("history").length).toBe(1);
    answer(room, { entries: chats(80, 89) });
    expect(room.socket.readAll("history")).toEqual([{ before: 80, limit: 10 }]);
    answer(room, { entries: chats(70, 79) });
    expect((await one).entries).toEqual(chats(80, 89));
    expect((await two).entries).toEqual(chats(70, 79));
  });

  it("[R4] fetches a hole first", async () => {
    const room = await inRoom();
    const one = room.client.history(90, 10);
    const two = room.client.history(80, 10);
    room.socket.say(chat(101));
    room.socket.read();
    answer(room, { entries: chats(80, 89) });
    expect(room.socket.readAll("history")).toEqual([{ after: 99, limit: 200 }]);
    answer(room, { entries: chats(100, 101) });
    expect(room.toldOf("entries")[0]?.entries).toEqual(chats(100, 101));
    answer(room, { entries: chats(70, 79) });
    await one;
    expect((await two).entries).toEqual(chats(70, 79));
  });

  it("ignores a page that cannot be the answer", async () => {
    const room = await inRoom();
    const page = room.client.history(90, 10);
    answer(room, { entries: chats(95, 99) });
    answer(room, { entries: chats(80, 89) });
    expect((await page).entries).toEqual(chats(80, 89));
  });

  it("rejects with the refusal", async () => {
    const room = await inRoom();
    const page = room.client.history(90);
    const why = refusal("unavailable");
    room.socket.say({ type: "error", payload: why });
    expect(await refusalOf(page)).toEqual(why);
  });

  it("rejects when the connection is lost, and without one", async () => {
    const room = await inRoom();
    const [one, two] = [room.client.history(90), room.client.history(80)];
    room.socket.shut(1006);
    const three = room.client.history(70);
    for (const page of [one, two, three]) {
      expect(await refusalOf(page)).toMatchObject({ code: "unavailable", temporary: true });
    }
  });

  it("waits longer for a page after one that was too slow, up to 30 s", async () => {
    const room = await inRoom();
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      const { socket } = room;
      void room.client.history(90).catch(() => undefined);
      const from = room.clock.now();
      while (!socket.ended) {
        room.clock.advance(1_000);
        socket.say({ type: "ping", payload: {} });
      }
      waits.push(room.clock.now() - from);
      while (room.socket === socket) room.clock.advance(100);
      await room.join({ head: 99, recovered: true });
    }
    expect(waits).toEqual([10_000, 20_000, 30_000, 30_000]);
  });

  it("[D4] reconnects without an answer within 10 s", async () => {
    const room = await inRoom();
    const page = room.client.history(90);
    room.clock.advance(ANSWER_WAIT_MS);
    expect(await refusalOf(page)).toMatchObject({ code: "unavailable" });
    expect(room.sockets[0]?.ended).toBe("lost");
  });
});
