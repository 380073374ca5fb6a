import { until } from "@parley/testkit";
import { RedisServer } from "@parley/testkit/redis-server";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Backend } from "../src/backends/backend.ts";
import { MemoryShelf } from "../src/backends/memory/shelf.ts";
import { openBackend } from "../src/open-backend.ts";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { openTestLog } from "./redis-log.ts";
import { TestServer } from "./server.ts";

const JSON_TYPE = { "content-type": "application/json" };
const FORM_TYPE = { "content-type": "application/x-www-form-urlencoded" };

interface Hook {
  readonly id: string;
  readonly url: string;
}

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

const hooks = (path = "") => `${server.url}/api/rooms/quiet-corner/hooks${path}`;
const ask = (fields: unknown, init: RequestInit = bearer(TOKEN)) =>
  fetch(hooks(), { method: "POST", body: JSON.stringify(fields), ...init });
const say = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${url}`, { method: "POST", body, headers });
const remove = (id: string) => fetch(hooks(`/${id}`), { method: "DELETE", ...bearer(TOKEN) });

async function makeHook(name = "builds"): Promise<Hook> {
  const { status, body } = await answer(ask({ kind: "in", name }));
  expect(status).toBe(201);
  return body;
}

async function texts(): Promise<string[]> {
  const { body } = await answer(fetch(`${server.url}/api/rooms/quiet-corner/messages`));
  const { entries } = body as { entries: { payload: { message: string } }[] };
  return entries.map(({ payload }) => payload.message);
}

describe("a hook", () => {
  it.each([
    ["text", "hi", {}],
    ["what curl -d sends", "hi", FORM_TYPE],
    ["Slack's JSON", '{"text":"hi","channel":"#x"}', JSON_TYPE],
    ["Slack's form", `payload=${encodeURIComponent('{"text":"hi"}')}`, FORM_TYPE],
    ["Discord's JSON", '{"content":"hi","username":"other"}', JSON_TYPE],
    ["JSON that does not say so", '{"text":"hi"}', {}],
  ])("says %s, as a member of its own, and does not show the room", async (_what, body, type) => {
    const { url } = await makeHook();
    const first = await say(url, body, type);
    expect(first.status).toBe(201);
    const text = await first.text();
    expect(text).not.toContain("quiet-corner");
    const { payload } = JSON.parse(text) as { payload: { from: { id: string } } };
    expect(payload).toMatchObject({ message: "hi", seq: 1, from: { name: "builds", hook: true } });
    const { from } = payload;
    expect(await answer(say(url, "again"))).toMatchObject({ body: { payload: { from } } });
    expect(await texts()).toEqual(["hi", "again"]);
  });

  it("[H1] says the same id once", async () => {
    const { url } = await makeHook();
    const key = { "idempotency-key": "job-7" };
    const first = await answer(say(url, "done", key));
    expect(await answer(say(url, "done", key))).toEqual({ status: 200, body: first.body });
    expect(await refusalOf(say(url, "other", key))).toBe("409 id_conflict");
    expect(await texts()).toEqual(["done"]);
  });

  it("is listed without its secret, until it is revoked", async () => {
    const { id, url } = await makeHook();
    await makeHook("other");
    const listed = await (await fetch(hooks(), bearer(TOKEN))).text();
    expect(listed).not.toContain(url.slice("/hooks/".length));
    const createdBy = expect.stringMatching(/^[\w-]{16}$/);
    expect(JSON.parse(listed)).toEqual({
      hooks: [
        { id, name: "builds", kind: "in", createdBy },
        { id: expect.any(String), name: "other", kind: "in", createdBy },
      ],
    });
    expect((await remove(id)).status).toBe(204);
    expect(await refusalOf(say(url, "late"))).toBe("404 unknown_hook");
    expect(await refusalOf(remove(id))).toBe("404 unknown_hook");
    expect(await answer(fetch(hooks(), bearer(TOKEN)))).toMatchObject({
      body: { hooks: [{ name: "other" }] },
    });
    expect(await texts()).toEqual([]);
  });

  it.each([
    ["an empty text", "", {}, "400 message_empty"],
    ["a text that is too long", "a".repeat(4_001), {}, "413 message_too_long"],
    ["a body that is too large", "a".repeat(20_000), {}, "413 body_too_large"],
    ["what says that it is JSON and is not", "{", JSON_TYPE, "400 bad_json"],
    ["a form whose payload is not JSON", "payload=x", FORM_TYPE, "400 bad_json"],
    ["JSON without a text", '{"attachments":[]}', JSON_TYPE, "400 bad_payload"],
    [
      "an upload",
      "x",
      { "content-type": "multipart/form-data; boundary=x" },
      "415 unsupported_body",
    ],
    ["a bad id", "a", { "idempotency-key": "a b" }, "400 bad_id"],
  ])("refuses %s, and stores nothing", async (_what, body, headers, refused) => {
    const { url } = await makeHook();
    expect(await refusalOf(say(url, body, headers))).toBe(refused);
    expect(await texts()).toEqual([]);
  });

  it("may only write", async () => {
    const { url } = await makeHook();
    expect(await refusalOf(fetch(`${server.url}${url}`))).toBe("405 method_not_allowed");
    const secret = url.slice("/hooks/".length);
    const said = await answer(
      fetch(`${server.url}/api/rooms/quiet-corner/messages`, {
        method: "POST",
        body: "a",
        ...bearer(secret),
      }),
    );
    const { body } = await answer(say(url, "b"));
    const from = (entry: unknown) =>
      (entry as { payload: { from: { id: string } } }).payload.from.id;
    expect(from(said.body)).not.toBe(from(body));
  });
});

describe("making hooks", () => {
  it.each([
    ["without a token", () => ask({ kind: "in", name: "a" }, {}), "401 token_needed"],
    ["another kind", () => ask({ kind: "out", name: "a" }), "400 bad_parameter"],
    ["without a name", () => ask({ kind: "in" }), "400 bad_name"],
    ["what is no object", () => ask([]), "400 bad_frame"],
    ["a list without a token", () => fetch(hooks()), "401 token_needed"],
    [
      "a revocation without a token",
      () => fetch(hooks("/x"), { method: "DELETE" }),
      "401 token_needed",
    ],
  ])("refuses %s", async (_what, asked, refused) => {
    expect(await refusalOf(asked())).toBe(refused);
  });

  it("gives a room 20, also if more are asked for at once", async () => {
    const asked = await Promise.all(
      Array.from({ length: 22 }, () => ask({ kind: "in", name: "a" })),
    );
    expect(asked.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(await refusalOf(ask({ kind: "in", name: "a" }))).toBe("409 too_many_hooks");
    const { body } = await answer(fetch(hooks(), bearer(TOKEN)));
    const [first] = (body as { hooks: Hook[] }).hooks;
    expect((await remove(first?.id ?? "")).status).toBe(204);
    await makeHook();
  });
});

describe("a hook that is revoked while it is made", () => {
  /** A shelf whose secrets of hooks are put once a test says so. */
  class HeldShelf extends MemoryShelf {
    readonly waiting: (() => void)[] = [];
    override async put(...call: Parameters<MemoryShelf["put"]>): Promise<boolean> {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (call[0].startsWith("hook:")) this.waiting.push(resolve);
      else resolve();
      await promise;
      return super.put(...call);
    }
  }

  it("may not write", async () => {
    await server.close();
    const shelf = new HeldShelf();
    server = await TestServer.start({ shelf });
    const making = refusalOf(ask({ kind: "in", name: "builds" }));
    await until(() => expect(shelf.waiting).toHaveLength(1));
    const { body } = await answer(fetch(hooks(), bearer(TOKEN)));
    const [listed] = (body as { hooks: Hook[] }).hooks;
    expect((await remove(listed?.id ?? "")).status).toBe(204);
    for (const go of shelf.waiting) go();
    expect(await making).toBe("404 unknown_hook");
    expect(await shelf.list("hook:")).toEqual([]);
  });

  it("may not write if it was made just before its place was free", async () => {
    await server.close();
    const shelf = new HeldShelf();
    server = await TestServer.start({ shelf });
    const making = ask({ kind: "in", name: "builds" });
    await until(() => expect(shelf.waiting).toHaveLength(1));
    const { body } = await answer(fetch(hooks(), bearer(TOKEN)));
    const [listed] = (body as { hooks: Hook[] }).hooks;
    const take = shelf.take.bind(shelf);
    shelf.take = async (key) => {
      const taken = await take(key);
      shelf.take = take;
      for (const go of shelf.waiting) go();
      await making;
      return taken;
    };
    expect((await remove(listed?.id ?? "")).status).toBe(204);
    expect((await making).status).toBe(201);
    expect(await shelf.list("hook:")).toEqual([]);
  });
});

describe("limits of hooks", () => {
  async function limit(env: Record<string, string> = {}): Promise<void> {
    await server.close();
    server = await TestServer.start({
      env: { MESSAGES_PER_SECOND: "100", MESSAGES_BURST: "100", ...env },
      ratesByTest: true,
    });
  }

  it("lets a hook say 30 a minute, and another one go on", async () => {
    await limit();
    const { url } = await makeHook();
    const other = await makeHook("other");
    for (let n = 0; n < 30; n += 1) expect((await say(url, "a")).status).toBe(201);
    expect(await refusalOf(say(url, "a"))).toBe("429 rate_limited");
    expect((await say(other.url, "a")).status).toBe(201);
    server.pass(2_000);
    expect((await say(url, "a")).status).toBe(201);
  });

  it("counts an unknown secret as a guess", async () => {
    await limit({ NEW_ROOMS_PER_MINUTE: "2" });
    expect(await refusalOf(say("/hooks/a", "x"))).toBe("404 unknown_hook");
    expect(await refusalOf(say("/hooks/b", "x"))).toBe("404 unknown_hook");
    expect(await refusalOf(say("/hooks/c", "x"))).toBe("429 rate_limited");
    expect(await refusalOf(fetch(hooks(), bearer(TOKEN)))).toBe("429 rate_limited");
  });

  it("counts the list of an empty room as a guess", async () => {
    await limit({ NEW_ROOMS_PER_MINUTE: "1" });
    expect((await fetch(hooks(), bearer(TOKEN))).status).toBe(200);
    expect(await refusalOf(ask({ kind: "in", name: "a" }))).toBe("429 rate_limited");
  });
});

describe("hooks over a restart", () => {
  /** Makes a hook on one server, uses and revokes it on the next one; gives its refusal then. */
  async function useOverRestart(open: () => Promise<Backend>): Promise<string> {
    let backend = await open();
    const restart = async () => {
      await server.close();
      server = await TestServer.start({ log: backend.log, shelf: backend.shelf });
    };
    await restart();
    const { id, url } = await makeHook();
    const key = { "idempotency-key": "job-7" };
    const first = await answer(say(url, "done", key));
    await server.close();
    await backend.close();
    backend = await open();
    await restart();
    expect(await answer(say(url, "done", key))).toEqual({ status: 200, body: first.body });
    expect((await remove(id)).status).toBe(204);
    const refused = await refusalOf(say(url, "late"));
    await server.close();
    await backend.close();
    server = await TestServer.start();
    return refused;
  }

  it("are kept in SQLite", async () => {
    const dataDir = await makeTemporaryFolder("hooks");
    const retention = { entries: Infinity, ageMs: Infinity };
    const logger = pino({ level: "silent" });
    const open = () =>
      openBackend({ dataDir, retention, redis: undefined, files: { in: "off" } }, logger);
    expect(await useOverRestart(open)).toBe("404 unknown_hook");
    await removeTemporaryFolder(dataDir);
  });

  it("are kept in Redis", async () => {
    const redis = await RedisServer.start();
    expect(await useOverRestart(() => openTestLog(redis.url))).toBe("404 unknown_hook");
    await redis.stop();
  });
});
