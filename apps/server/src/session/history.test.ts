import type { DownPayload, UpPayload } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { PAGES_WAITING_MAX } from "../limits/limits.ts";
import { MemoryLog } from "../backends/memory/log.ts";
import { chatDraft } from "../../test/drafts.ts";
import { HeldLog } from "../../test/held-log.ts";
import { settled } from "@parley/testkit/settled";
import { World } from "../../test/world.ts";

/** Ann in a lobby with so many entries. */
async function build(length: number, historyLimit?: number) {
  const log = new HeldLog(new MemoryLog(historyLimit));
  for (let i = 1; i <= length; i += 1) await log.append("lobby", chatDraft(`${i}`));
  const world = new World(log);
  const ann = await world.join("lobby", "Ann");
  const page = async (payload: UpPayload<"history">): Promise<DownPayload<"history">> => {
    ann.send("history", payload);
    await settled();
    const [page] = ann.connection.readAll("history");
    if (!page) throw new Error("No page came.");
    return page;
  };
  return { world, log, ann, page };
}

/** A page as `first-last`, with a `+` if there is more that way. */
function gistOf({ entries, more }: DownPayload<"history">): string {
  const seqs = entries.map(({ payload }) => payload.seq);
  return `${seqs.length === 0 ? "none" : `${seqs[0]}-${seqs.at(-1)}`}${more ? "+" : ""}`;
}

describe("a page of history", () => {
  it.each<[UpPayload<"history">, string]>([
    [{}, "251-300+"],
    [{ limit: 200 }, "101-300+"],
    [{ before: 251 }, "201-250+"],
    [{ before: 51 }, "1-50"],
    [{ before: 52 }, "2-51+"],
    [{ before: 1 }, "none"],
    [{ before: 0 }, "none"],
    [{ before: 1_000, limit: 10 }, "291-300+"],
    [{ after: 0 }, "1-50+"],
    [{ after: 100, limit: 200 }, "101-300"],
    [{ after: 99, limit: 200 }, "100-299+"],
    [{ after: 300 }, "none"],
    [{ after: 1_000 }, "none"],
  ])("%j of 300 entries is %s", async (payload, expected) => {
    const { page } = await build(300);
    const answer = await page(payload);
    expect(gistOf(answer)).toBe(expected);
    expect(answer.head).toBe(300);
    expect(answer).not.toHaveProperty("truncatedBefore");
  });

  it("[R1] says where a trimmed log starts", async () => {
    const { page } = await build(300, 100);
    const oldest = await page({ before: 221 });
    expect(gistOf(oldest)).toBe("201-220");
    expect(oldest.truncatedBefore).toBe(201);
    expect(gistOf(await page({ before: 201 }))).toBe("none");
    expect(gistOf(await page({ after: 10 }))).toBe("201-250+");
  });

  it("is empty if nobody has said anything", async () => {
    const { page, ann } = await build(0);
    const { epoch } = ann.joined;
    expect(await page({})).toEqual({ entries: [], epoch, head: 0, more: false });
  });

  it("[O2] stands after the live entries that it also holds", async () => {
    const { ann } = await build(1);
    ann.send("chat", { message: "2" });
    ann.send("history", { after: 0 });
    await settled();
    const [chat, history] = ann.connection.read();
    expect(chat).toMatchObject({ type: "chat", payload: { seq: 2 } });
    expect(history).toMatchObject({ type: "history", payload: { head: 2 } });
  });

  it("is smaller if the entries are large, and says that there is more", async () => {
    const { log, page } = await build(0);
    for (let i = 0; i < 100; i += 1) {
      await log.append("lobby", chatDraft("€".repeat(2_700)));
    }
    const onward = await page({ after: 0, limit: 100 });
    expect(onward.entries.length).toBeLessThan(50);
    expect(onward.entries[0]?.payload.seq).toBe(1);
    expect(onward.more).toBe(true);
    const back = await page({ limit: 100 });
    expect(back.entries.length).toBeLessThan(50);
    expect(back.entries.at(-1)?.payload.seq).toBe(100);
    expect(back.more).toBe(true);
  });

  it("[D4] is refused for now if the log is away", async () => {
    const { log, ann } = await build(1);
    log.hold("read");
    ann.send("history", {});
    await settled();
    log.fail("read");
    await settled();
    expect(ann.connection.readAll("error")).toMatchObject([
      { code: "unavailable", temporary: true },
    ]);
  });

  it("[D4] is refused with a wait if too many were asked for", async () => {
    const { world, log, ann } = await build(1);
    log.hold("read");
    for (let i = 0; i <= PAGES_WAITING_MAX; i += 1) {
      ann.send("history", {});
      // As fast as other frames may come: what is refused is the page.
      world.time.pass(100);
    }
    await settled();
    expect(ann.connection.readAll("error")).toMatchObject([
      { code: "rate_limited", temporary: true, retryAfter: 1_000 },
    ]);
  });

  it("is not sent to a member who has moved to another room", async () => {
    const { log, ann } = await build(1);
    log.hold("read");
    ann.send("history", {});
    ann.send("join", { roomId: "attic" });
    await settled();
    log.release("read", 1);
    await settled();
    log.release("read");
    await settled();
    expect(ann.connection.readGist()).toEqual(["joined attic"]);
  });
});
