import { PlainClient } from "@parley/testkit/plain-client";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { TestServer } from "./server.ts";

const BEN_TOKEN = "BBBBBBBBBBBBBBBBBBBBBB";

let server: TestServer;
let ben: PlainClient;
let cem: PlainClient;
let benId: string;
beforeEach(async () => {
  server = await TestServer.start();
  ben = await PlainClient.connect(server.socketUrl);
  const { self } = await ben.join("123", { name: "Ben", token: BEN_TOKEN });
  benId = self.id;
  cem = await PlainClient.join(server.socketUrl, "123", "Cem");
});
afterEach(() => server.close());

const messages = (member: string, query = "") =>
  `${server.url}/api/rooms/123/with/${member}/messages${query}`;
const post = (body: string, member = benId, init: RequestInit = bearer(TOKEN), query = "") =>
  fetch(messages(member, query), { method: "POST", body, ...init });

describe("private messages over HTTP", () => {
  it("[H1] [W1] [W2] [W4] reach the other one only, and are answered once they are stored", async () => {
    const key = bearer(TOKEN, { "idempotency-key": "job-7" });
    const first = await answer(post("psst", benId, key, "?name=Ada"));
    expect(first).toMatchObject({
      status: 201,
      body: { type: "chat", payload: { message: "psst", seq: 1, from: { name: "Ada" } } },
    });
    expect(await answer(post("psst", benId, key))).toEqual({ status: 200, body: first.body });
    expect(await refusalOf(post("other", benId, key))).toBe("409 id_conflict");
    expect(await ben.next("private")).toMatchObject({
      with: { name: "Ada" },
      frame: { type: "chat", payload: { message: "psst" } },
    });
    await cem.sync();
    expect(JSON.stringify(cem.frames)).not.toContain("psst");
    const { body } = await answer(fetch(`${server.url}/api/rooms/123/messages`));
    expect(body).toMatchObject({ head: 0, entries: [] });
  });

  it("[W1] are read by both, a page at a time, and by nobody else", async () => {
    await post("one");
    await post("two");
    const mine = await answer(fetch(messages(benId, "?after=1"), bearer(TOKEN)));
    expect(mine.body).toMatchObject({ head: 2, entries: [{ payload: { message: "two" } }] });
    const other = await answer(fetch(messages(benId), bearer("CCCCCCCCCCCCCCCCCCCCCC")));
    expect(other.body).toMatchObject({ head: 0, entries: [] });
  });

  it("are refused without a token, and with nobody that the room knows", async () => {
    expect(await refusalOf(post("psst", benId, {}))).toBe("401 token_needed");
    expect(await refusalOf(fetch(messages(benId)))).toBe("401 token_needed");
    expect(await refusalOf(post("psst", "nobody-here"))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", benId, bearer(BEN_TOKEN)))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", "a%20b"))).toBe("404 unknown_member");
  });

  it("reach somebody who has gone, by an entry of theirs", async () => {
    ben.send("chat", { message: "bye", id: "of-ben" });
    await ben.next("chat");
    await ben.leave();
    await cem.next("left");
    expect(await refusalOf(post("psst"))).toBe("404 unknown_member");
    expect(await refusalOf(post("psst", benId, bearer(TOKEN), "?via=no-entry"))).toBe(
      "404 unknown_member",
    );
    expect((await post("psst", benId, bearer(TOKEN), "?via=of-ben")).status).toBe(201);
    expect((await post("and more")).status).toBe(201);
  });

  it("wait for what comes, as in a room", async () => {
    await post("one");
    const waiting = answer(fetch(messages(benId, "?after=1&wait=20"), bearer(TOKEN)));
    await post("two");
    expect((await waiting).body).toMatchObject({ entries: [{ payload: { message: "two" } }] });
  });
});

it("no path names the log of a conversation as a room", async () => {
  for (const room of [`123%2F${benId}`, `123%2F${benId}%2Bx`]) {
    const url = `${server.url}/api/rooms/${room}/messages`;
    expect(await refusalOf(fetch(url, bearer(TOKEN)))).toBe("400 bad_room");
  }
});
