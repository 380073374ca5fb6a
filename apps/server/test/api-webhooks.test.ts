import { fileURLToPath } from "node:url";
import { until } from "@parley/testkit";
import { ServerProcess } from "@parley/testkit/server-process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MemoryLog } from "../src/backends/memory/log.ts";
import { MemoryShelf } from "../src/backends/memory/shelf.ts";
import { LogUnavailable } from "../src/log/log.ts";
import { HeldLog } from "./held-log.ts";
import { answer, bearer, refusalOf, TOKEN } from "./api-requests.ts";
import { HttpTarget } from "@parley/testkit/http-target";
import { requestsTo, textsTo } from "./webhook-target.ts";
import { TestServer } from "./server.ts";

const ALLOWED = { LIMITS: "off", OUTBOUND_ALLOW: "127.0.0.1" };
const MADE =
  /^guest-\w+ connected this webhook\. It sends what is said here to 127\.0\.0\.1:\d+\.$/;
const BAD_URL =
  /^"url" must be a public https address of at most 2,000 characters\. .* with OUTBOUND_ALLOW\.$/;

interface Made {
  readonly id: string;
  readonly secret: string;
}

let target: HttpTarget;
beforeEach(async () => {
  target = await HttpTarget.start();
});
afterEach(() => target.close());

/** Requests of a member to a room of a server. */
class Room {
  readonly #url: string;

  constructor(server: { readonly url: string }) {
    this.#url = `${server.url}/api/rooms/quiet-corner`;
  }

  ask(path: string, method: string, body?: string): Promise<Response> {
    return fetch(this.#url + path, { method, ...(body ? { body } : {}), ...bearer(TOKEN) });
  }

  make(fields: object = {}): Promise<Response> {
    const asked = {
      kind: "out",
      name: "mirror",
      url: `http://${target.host}/in?key=private`,
      ...fields,
    };
    return this.ask("/hooks", "POST", JSON.stringify(asked));
  }

  async made(): Promise<Made> {
    const { status, body } = await answer(this.make());
    if (status !== 201) throw new Error(`not made: ${status} ${JSON.stringify(body)}`);
    return body;
  }

  async say(text: string): Promise<void> {
    const { status } = await this.ask("/messages", "POST", text);
    if (status !== 201) throw new Error(`not said: ${status}`);
  }

  async hooks(): Promise<unknown> {
    const { body } = await answer(this.ask("/hooks", "GET"));
    return (body as { hooks: unknown }).hooks;
  }

  async texts(): Promise<string[]> {
    const { body } = await answer(this.ask("/messages", "GET"));
    const { entries } = body as { entries: { payload: { message: string } }[] };
    return entries.map(({ payload }) => payload.message);
  }
}

describe("a webhook over HTTP", () => {
  let server: TestServer;
  let room: Room;
  beforeEach(async () => {
    server = await TestServer.start({ env: ALLOWED });
    room = new Room(server);
  });
  afterEach(() => server.close());

  it("[H5] is told of messages, not of the room's code, and the room of it", async () => {
    await room.say("before");
    const { secret } = await room.made();
    await room.say("one");
    await room.say("two");
    await until(() => expect(textsTo(target, secret)).toEqual(["one", "two"]));
    expect(await room.texts()).toEqual(["before", expect.stringMatching(MADE), "one", "two"]);
    expect(JSON.stringify(requestsTo(target, secret))).not.toContain("quiet-corner");
  });

  it("is listed with its host, without its address and secret, until it is revoked", async () => {
    const { id, secret } = await room.made();
    const [listed] = (await room.hooks()) as [unknown];
    const { host } = target;
    const createdBy = expect.stringMatching(/^[\w-]{16}$/);
    expect(listed).toEqual({ id, name: "mirror", kind: "out", createdBy, host, state: "on" });
    expect(JSON.stringify(listed)).not.toMatch(/private|whsec/);
    expect((await room.ask(`/hooks/${id}`, "DELETE")).status).toBe(204);
    await room.say("late");
    expect(await room.hooks()).toEqual([]);
    expect((await room.texts()).at(-2)).toMatch(/ revoked this webhook\./);
    // What comes to a next one shows that nothing came to this one before.
    const next = await room.made();
    expect(next.secret).not.toBe(secret);
    await room.say("next");
    await until(() => expect(target.asked.length).toBe(1));
    expect(textsTo(target, next.secret)).toEqual(["next"]);
  });

  it("says that it fails, and goes on once the target takes what it is sent", async () => {
    target.status = 500;
    const { secret } = await room.made();
    await room.say("one");
    await until(async () => expect(await room.hooks()).toMatchObject([{ state: "failing" }]));
    target.status = 204;
    await until(() => {
      server.pass(1_000);
      expect(textsTo(target, secret)).toEqual(["one", "one"]);
    });
    await until(async () => expect(await room.hooks()).toMatchObject([{ state: "on" }]));
  });

  it("is tested", async () => {
    const { id, secret } = await room.made();
    const test = () => answer(room.ask(`/hooks/${id}/test`, "POST"));
    expect(await test()).toEqual({
      status: 200,
      body: { is: "answered", status: 200, arrived: true },
    });
    expect(requestsTo(target, secret)[0]?.body).toMatchObject({
      type: "webhook.test",
      data: { webhook: { id } },
    });
    target.status = 404;
    expect(await test()).toMatchObject({ body: { status: 404, arrived: false } });
    target.close();
    expect(await test()).toMatchObject({ body: { is: "unreachable", arrived: false } });
    expect(await refusalOf(room.ask("/hooks/x/test", "POST"))).toBe("404 unknown_hook");
  });

  it("is one of 5, beside 20 hooks", async () => {
    for (let n = 0; n < 5; n += 1) await room.made();
    expect(await refusalOf(room.make())).toBe("409 too_many_webhooks");
    for (let n = 0; n < 20; n += 1) {
      expect((await room.make({ kind: "in", name: "a" })).status).toBe(201);
    }
    expect(await refusalOf(room.make({ kind: "in" }))).toBe("409 too_many_hooks");
    expect(await room.hooks()).toHaveLength(25);
  });

  it.each([
    ["no address", undefined],
    ["an address without https", "http://example.com/"],
    ["an inside address", "https://10.0.0.1/"],
    ["an address with a password", "https://a:b@example.com/"],
    ["a long address", `https://example.com/${"a".repeat(2_000)}`],
  ])("takes not %s", async (_what, url) => {
    const { status, body } = await answer(room.make({ url }));
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { error: { code: "bad_parameter", message: expect.stringMatching(BAD_URL) } },
    });
    expect(await room.hooks()).toEqual([]);
    expect(await room.texts()).toEqual([]);
  });
});

describe("a hook that writes", () => {
  it("is tested with a message of its own", async () => {
    const server = await TestServer.start();
    const room = new Room(server);
    const { id } = (await answer(room.make({ kind: "in" }))).body as Made;
    expect((await room.ask(`/hooks/${id}/test`, "POST")).status).toBe(200);
    expect(await room.texts()).toEqual([expect.stringMatching(/^A test by guest-\w+\.$/)]);
    await server.close();
  });
});

describe("a webhook that is revoked while it is made", () => {
  it("is told nothing, and can be made again", async () => {
    const log = new HeldLog(new MemoryLog());
    const server = await TestServer.start({ env: ALLOWED, log });
    const room = new Room(server);
    log.hold("append");
    const making = refusalOf(room.make());
    await until(() => expect(log.waiting("append")).toBe(1));
    const [listed] = (await room.hooks()) as [Made];
    expect((await room.ask(`/hooks/${listed.id}`, "DELETE")).status).toBe(204);
    log.letThrough("append");
    log.release("append");
    expect(await making).toBe("404 unknown_hook");
    expect(await room.hooks()).toEqual([]);
    expect((await room.texts()).at(-1)).toMatch(/^This webhook was not connected after all\. /);
    // What comes to a next one shows that nothing came to this one before.
    const { secret } = await room.made();
    await room.say("next");
    await until(() => expect(target.asked.length).toBe(1));
    expect(textsTo(target, secret)).toEqual(["next"]);
    await server.close();
  });
});

describe("a disk that is full", () => {
  class FullLog extends MemoryLog {
    isFull = false;
    override append(...args: Parameters<MemoryLog["append"]>): ReturnType<MemoryLog["append"]> {
      return this.isFull ? Promise.reject(new LogUnavailable("full")) : super.append(...args);
    }
  }

  it("keeps nobody from revoking a webhook", async () => {
    const log = new FullLog();
    const server = await TestServer.start({ env: ALLOWED, log });
    const room = new Room(server);
    const { id } = await room.made();
    log.isFull = true;
    expect((await room.ask(`/hooks/${id}`, "DELETE")).status).toBe(204);
    expect(await room.hooks()).toEqual([]);
    await server.close();
  });

  it("leaves no webhook that was refused in its place", async () => {
    const log = new FullLog();
    const server = await TestServer.start({ env: ALLOWED, log });
    const room = new Room(server);
    log.isFull = true;
    expect(await refusalOf(room.make())).toBe("503 unavailable");
    expect(await room.hooks()).toEqual([]);
    await server.close();
  });
});

describe("OUTBOUND=off", () => {
  it("makes no webhooks", async () => {
    const server = await TestServer.start({ env: { ...ALLOWED, OUTBOUND: "off" } });
    expect(await refusalOf(new Room(server).make())).toBe("403 webhooks_off");
    await server.close();
  });

  it("revokes those that there are", async () => {
    const [log, shelf] = [new MemoryLog(), new MemoryShelf()];
    const before = await TestServer.start({ env: ALLOWED, log, shelf });
    const { id } = await new Room(before).made();
    await before.close();
    const server = await TestServer.start({ env: { ...ALLOWED, OUTBOUND: "off" }, log, shelf });
    const room = new Room(server);
    expect((await room.ask(`/hooks/${id}`, "DELETE")).status).toBe(204);
    expect((await room.texts()).at(-1)).toMatch(/ revoked this webhook\./);
    expect(await shelf.list("webhook:")).toEqual([]);
    await server.close();
  });
});

describe("a server that is killed between a request and its answer", () => {
  it("[H5] sends the same again once it is back, and goes on", async () => {
    const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
    const server = await ServerProcess.start({ main, env: { OUTBOUND_ALLOW: "127.0.0.1" } });
    const room = new Room(server);
    const { secret } = await room.made();
    await room.say("one");
    await until(() => expect(textsTo(target, secret)).toEqual(["one"]));
    target.status = undefined;
    await room.say("two");
    await until(() => expect(textsTo(target, secret)).toEqual(["one", "two"]));
    await server.kill();
    target.status = 200;
    await server.start();
    await room.say("three");
    await until(() => expect(textsTo(target, secret).at(-1)).toBe("three"));
    const told = requestsTo(target, secret);
    const again = told
      .slice(2)
      .find(({ body }) => body.data.entries?.[0]?.payload.message === "two");
    expect(again).toBeDefined();
    expect([...new Set(textsTo(target, secret))]).toEqual(["one", "two", "three"]);
    await server.dispose();
  });
});
