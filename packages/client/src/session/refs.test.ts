import { refusal, type DownPayload } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { RefusedError } from "../refused-error.ts";
import { chat, chats } from "../testing/entries.ts";
import { visit, type Visit } from "../testing/visit.ts";
import { pending, refuse } from "../testing/writing.ts";
import { PAGES_OUT_MAX } from "./log/pages.ts";
import { JOIN_REF } from "./connection/identity.ts";
import { ANSWER_WAIT_MS } from "./machine/effect.ts";

/** In a room of a server that repeats every `ref`. */
async function inRoom(): Promise<Visit> {
  const room = visit();
  await room.join({ ref: JOIN_REF, entries: chats(90, 99) });
  room.socket.read();
  room.told();
  return room;
}

function answer({ socket }: Visit, ref: string, fields: Partial<DownPayload<"history">>): void {
  const payload = { ref, entries: [], epoch: "epoch-1", head: 99, more: true, ...fields };
  socket.say({ type: "history", payload });
}

/** The `ref`s of the pages that were requested since the last call. */
function pagesAsked({ socket }: Visit): string[] {
  return socket.readRefs("history").map(String);
}

async function refusalOf(page: Promise<unknown>): Promise<unknown> {
  const error: unknown = await page.catch((error: unknown) => error);
  return error instanceof RefusedError ? error.refusal : undefined;
}

describe("an answer with a ref", () => {
  it("resolves its page, of several in flight, in any order", async () => {
    const room = await inRoom();
    const one = room.client.history(90, 10);
    const two = room.client.history(80, 10);
    const [first = "", second = ""] = pagesAsked(room);
    answer(room, second, { entries: chats(70, 79) });
    answer(room, first, { entries: chats(80, 89) });
    expect((await one).entries).toEqual(chats(80, 89));
    expect((await two).entries).toEqual(chats(70, 79));
  });

  it("refuses its page, and no other", async () => {
    const room = await inRoom();
    const one = room.client.history(90, 10);
    const two = room.client.history(80, 10);
    const [first = "", second = ""] = pagesAsked(room);
    const why = refusal("rate_limited", second);
    refuse(room, why);
    answer(room, first, { entries: chats(80, 89) });
    expect(await refusalOf(two)).toEqual(why);
    expect((await one).entries).toEqual(chats(80, 89));
  });

  it("leaves a page alone if it answers another request, or has no ref", async () => {
    const room = await inRoom();
    room.client.typing(true);
    const page = room.client.history(90, 10);
    const [ref = ""] = pagesAsked(room);
    refuse(room, refusal("rate_limited"));
    refuse(room, refusal("rate_limited", "something-else"));
    answer(room, "something-else", { entries: chats(70, 79) });
    answer(room, ref, { entries: chats(80, 89) });
    expect((await page).entries).toEqual(chats(80, 89));
  });

  it("refuses the last requested name, and no page", async () => {
    const room = await inRoom();
    const page = room.client.history(90, 10);
    room.client.rename("Anne");
    room.client.rename("Annie");
    const asked = room.socket.read();
    const [ref = "", first = "", last = ""] = asked.map(({ payload }) => payload.ref);
    refuse(room, refusal("bad_name", first));
    expect(room.told()).toEqual([]);
    refuse(room, refusal("rate_limited", last));
    expect(room.toldOf("refused")).toMatchObject([{ refusal: { ref: last } }]);
    answer(room, ref, { entries: chats(80, 89) });
    expect((await page).entries).toEqual(chats(80, 89));
  });

  it("does not affect pending entries if it answers a page", async () => {
    const room = await inRoom();
    await room.say("one");
    const page = room.client.history(90, 10);
    const [ref = ""] = pagesAsked(room);
    refuse(room, refusal("unavailable", ref));
    expect(await refusalOf(page)).toMatchObject({ code: "unavailable" });
    expect(pending(room)).toEqual([["one", "sending"]]);
  });

  it("refuses the join only if it has the ref of the join", () => {
    const room = visit();
    room.socket.open();
    room.told();
    expect(room.socket.readRefs("join")).toEqual([JOIN_REF]);
    refuse(room, refusal("bad_frame", "something-else"));
    expect(room.toldOf("status")).toEqual([]);
    refuse(room, refusal("bad_name", JOIN_REF));
    expect(room.toldOf("status").at(-1)?.status.is).toBe("refused");
  });

  it("[R5] is still expected after a reset", async () => {
    const room = await inRoom();
    await room.join({ epoch: "epoch-2", entries: chats(1, 9) });
    const page = room.client.history(5, 10);
    const [ref = ""] = pagesAsked(room);
    refuse(room, refusal("rate_limited"));
    answer(room, ref, { epoch: "epoch-2", entries: chats(1, 4) });
    expect((await page).entries).toEqual(chats(1, 4));
  });
});

describe("pages in flight", () => {
  it("are limited, and the others follow as answers arrive", async () => {
    const room = await inRoom();
    const pages = [90, 80, 70, 60, 50, 40].map((before) => room.client.history(before, 10));
    const asked = pagesAsked(room);
    expect(asked).toHaveLength(PAGES_OUT_MAX);
    for (const ref of asked) answer(room, ref, {});
    for (const ref of pagesAsked(room)) answer(room, ref, {});
    expect(await Promise.all(pages)).toHaveLength(6);
  });

  it("[R4] let a hole be filled as soon as one may be sent", async () => {
    const room = await inRoom();
    const pages = [90, 80, 70, 60, 50].map((before) => room.client.history(before, 10));
    const [first = "", ...others] = pagesAsked(room);
    room.socket.say(chat(101));
    answer(room, first, {});
    const [hole = ""] = pagesAsked(room);
    for (const ref of others) answer(room, ref, {});
    answer(room, hole, { entries: chats(100, 101) });
    expect(room.toldOf("entries")[0]?.entries).toEqual(chats(100, 101));
    for (const ref of pagesAsked(room)) answer(room, ref, {});
    expect(await Promise.all(pages)).toHaveLength(5);
  });

  it("[R4] ask again for a refused hole, once one may be sent and the wait is over", async () => {
    const room = await inRoom();
    room.socket.say(chat(101));
    const [hole = ""] = pagesAsked(room);
    const pages = [90, 80, 70, 60].map((before) => room.client.history(before, 10));
    refuse(room, refusal("unavailable", hole));
    const asked = pagesAsked(room);
    expect(asked).toHaveLength(PAGES_OUT_MAX);
    room.clock.advance(1_000);
    expect(pagesAsked(room)).toEqual([]);
    for (const ref of asked) answer(room, ref, {});
    expect(pagesAsked(room)).toEqual([hole]);
    await Promise.all(pages);
  });

  it("[D4] reconnect if no page arrives for 10 s; each one restarts the time of the next", async () => {
    const room = await inRoom();
    const pages = [90, 80].map((before) => room.client.history(before, 10));
    const [first = ""] = pagesAsked(room);
    room.clock.advance(ANSWER_WAIT_MS - 1);
    answer(room, first, {});
    room.clock.advance(ANSWER_WAIT_MS - 1);
    expect(room.sockets[0]?.ended).toBeUndefined();
    room.clock.advance(1);
    expect(room.sockets[0]?.ended).toBe("lost");
    expect(await refusalOf(Promise.all(pages))).toMatchObject({ code: "unavailable" });
  });
});
