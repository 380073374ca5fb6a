import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "@parley/testkit";
import { Child } from "@parley/testkit/child";
import { PlainClient } from "@parley/testkit/plain-client";
import { ServerProcess } from "@parley/testkit/server-process";
import { makeTemporaryFolder, removeTemporaryFolder } from "@parley/testkit/temporary-folder";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const MAIN = fileURLToPath(import.meta.resolve("@parley/server/main"));
const PARLEY = fileURLToPath(new URL("../packages/cli/src/main.ts", import.meta.url));
const CURL = fileURLToPath(new URL("./curl.sh", import.meta.url));
const TICKER = fileURLToPath(new URL("./ticker/ticker.mjs", import.meta.url));
const ECHO = fileURLToPath(new URL("./echo/echo.mjs", import.meta.url));
const README = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** What a picture begins with. */
const CAT = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

let server: ServerProcess;
/** Empty, and where examples run. */
let folder: string;
let children: Child[];

beforeEach(async () => {
  children = [];
  folder = await makeTemporaryFolder("examples");
  server = await ServerProcess.start({ main: MAIN });
});
afterEach(async () => {
  for (const child of children) await child.end("SIGKILL");
  await server.dispose();
  await removeTemporaryFolder(folder);
});

/** Runs a command line of a shell in the empty folder. */
function run(line: string): Child {
  const { PATH = "" } = process.env;
  const env = { PATH, PARLEY_URL: server.url, ROOM: "123", STATE: join(folder, "echo.json") };
  const child = new Child("sh", ["-c", `cd "$0" && ${line}`, folder], { env });
  children.push(child);
  return child;
}

/** Runs an example that goes on until it is ended. */
const start = (program: string) => run(`exec "${process.execPath}" "${program}"`);

interface Entry {
  readonly type: string;
  readonly payload: { readonly message: string };
}

/** The texts of the room's messages. */
async function said(): Promise<string[]> {
  const asked = await fetch(`${server.url}/api/rooms/123/messages?limit=200`);
  const { entries } = (await asked.json()) as { entries: Entry[] };
  return entries.flatMap((entry) => (entry.type === "chat" ? [entry.payload.message] : []));
}

async function say(message: string): Promise<void> {
  const room = `${server.url}/api/rooms/123/messages`;
  expect((await fetch(room, { method: "POST", body: message })).status).toBe(201);
}

describe("the README", () => {
  it("has four lines with curl, which work as they stand", async () => {
    const lines = README.split("\n").filter((line) => line.startsWith("curl "));
    expect(lines).toHaveLength(4);
    const [post = "", read = "", follow = "", upload = ""] = lines.map((line) =>
      line.replace("localhost:8080", `localhost:${server.port}`),
    );
    const posted = await run(post).ended();
    expect(posted).toMatchObject({ code: 0, output: expect.stringContaining('"name":"ci"') });
    const page = await run(read).ended();
    expect(page).toMatchObject({ code: 0, output: expect.stringContaining("hi there") });
    const events = run(`exec ${follow}`);
    await until(() => expect(events.output).toContain('"type":"joined"'));
    await say("and again");
    await until(() => expect(events.output).toContain("and again"));
    await writeFile(join(folder, "cat.jpg"), CAT);
    const uploaded = await run(upload).ended();
    expect(uploaded).toMatchObject({ code: 0, output: expect.stringContaining('"image/jpeg"') });
    await until(() => expect(events.output).toContain('"name":"cat.jpg"'));
  });
});

describe("the README, beside curl", () => {
  const here = (text: string) => text.replaceAll("localhost:8080", `localhost:${server.port}`);

  it("has frames that are answered as it shows", async () => {
    const frames = README.split("\n").filter((line) => /^[<>] \{/.test(line));
    expect(frames).toHaveLength(9);
    const ben = await PlainClient.connect(server.socketUrl);
    const { self } = await ben.join("123", { name: "Ben" });
    const client = await PlainClient.connect(server.socketUrl);
    for (const line of frames) {
      const [, type] = /"type":"(\w+)"/.exec(line) ?? [];
      if (line.startsWith("<")) await client.next(type as "chat" | "history" | "set" | "private");
      else client.ws.send(line.slice(2).replace("MEMBER_ID", self.id));
    }
    expect(client.gistOf("error")).toEqual([]);
    expect(await ben.next("private")).toMatchObject({ frame: { payload: { message: "psst" } } });
    ben.ws.terminate();
    client.ws.terminate();
  });

  it("has a script that answers", async () => {
    const [, script = ""] = /```js\n(.*?)```/s.exec(README) ?? [];
    await writeFile(join(folder, "clock.mjs"), here(script));
    start("clock.mjs");
    const asking = await PlainClient.join(server.socketUrl, "123", "Ada");
    await until(async () => {
      const asked = await fetch(`${server.url}/api/rooms/123`);
      expect(await asked.json()).toMatchObject({ count: 2 });
    });
    asking.say("what time is it?");
    await until(async () => expect(await said()).toHaveLength(2));
    expect((await said())[1]).toMatch(/\d:\d\d/);
    asking.ws.terminate();
  });

  it("has a script that sends a file", async () => {
    const [, , script = ""] = README.split("```js\n");
    await writeFile(join(folder, "camera.mjs"), here(script.split("```")[0] ?? ""));
    await writeFile(join(folder, "cat.jpg"), CAT);
    expect(await start("camera.mjs").ended()).toMatchObject({ code: 0 });
    const asked = await fetch(`${server.url}/api/rooms/123/messages`);
    expect(await asked.json()).toMatchObject({
      entries: [
        {
          payload: {
            message: "the cat is back",
            files: [{ name: "cat.jpg", type: "image/jpeg", size: CAT.length }],
          },
        },
      ],
    });
  });

  it("has lines with parley that do what they say", async () => {
    const lines = README.split("\n").filter((line) => line.startsWith("npx parley "));
    expect(lines.map((line) => line.split(" ")[2])).toEqual([
      "chat",
      "say",
      "send",
      "tail",
      "export",
      "doctor",
    ]);
    const parley = `XDG_STATE_HOME="$0" exec "${process.execPath}" "${PARLEY}"`;
    const [, say = "", , , exported = ""] = lines.map((line) => line.replace("npx parley", parley));
    expect(await run(say).ended()).toMatchObject({ code: 0 });
    expect(await run(exported).ended()).toMatchObject({ code: 0 });
    expect(await said()).toEqual(["hi there"]);
    const file = await readFile(join(folder, "123.ndjson"), "utf8");
    expect(JSON.parse(file)).toMatchObject({ payload: { message: "hi there" } });
  });
});

describe("curl.sh", () => {
  it("runs to its end, and says each thing once", async () => {
    const { code, output } = await run(`sh "${CURL}"`).ended();
    expect(output).not.toContain('"error"');
    expect(code).toBe(0);
    expect(await said()).toEqual([
      "hi there",
      "build 7\nall green",
      "job 7 is done",
      "and job 8 too",
    ]);
  });
});

describe("the ticker", () => {
  it("says a price a second, each once, through a crash of the server", async () => {
    const ticker = start(TICKER);
    await until(async () => expect((await said()).length).toBeGreaterThan(1));
    await server.kill();
    await until(() => expect(ticker.output).toContain("No answer"));
    const before = ticker.output.split("\n").filter((line) => line.startsWith("ACME")).length;
    await server.start();
    await until(async () => expect((await said()).length).toBeGreaterThan(before + 1));
    await ticker.end("SIGTERM");
    const told = ticker.output.split("\n").filter((line) => line.startsWith("ACME"));
    expect((await said()).slice(0, told.length)).toEqual(told);
  });

  it("sends the same with the same key where it is refused for now", async () => {
    const requests: unknown[] = [];
    const refusing = createServer(({ headers }, response) => {
      const key = headers["idempotency-key"];
      requests.push({ key, token: headers.authorization });
      response.writeHead(requests.length === 1 ? 503 : 201, { "Retry-After": "1" });
      response.end('{"error":{"code":"restarting"}}');
    });
    refusing.listen(0, "127.0.0.1");
    await once(refusing, "listening");
    const { port } = refusing.address() as AddressInfo;
    const ticker = run(
      `PARLEY_URL=http://127.0.0.1:${port} exec "${process.execPath}" "${TICKER}"`,
    );
    await until(() => expect(requests.length).toBeGreaterThan(2));
    await ticker.end("SIGTERM");
    refusing.close();
    expect(ticker.output).toContain("restarting");
    expect(requests[1]).toEqual(requests[0]);
    expect(requests[2]).not.toEqual(requests[0]);
  });
});

describe("the echo", () => {
  it("answers each message once, also those that came while it was away", async () => {
    await say("echo too early");
    const first = start(ECHO);
    await until(() => expect(first.output).toContain("In room"));
    await say("echo one");
    await until(async () => expect(await said()).toContain("one"));
    await first.end("SIGKILL");
    await say("echo two");
    await say("nothing to answer");
    const second = start(ECHO);
    await until(async () => expect(await said()).toContain("two"));
    await say("echo three");
    await until(async () => expect(await said()).toContain("three"));
    await server.kill();
    await server.start();
    await say("echo four");
    await until(async () => expect(await said()).toContain("four"));
    await second.end("SIGTERM");
    const answers = (await said()).filter((text) => !text.startsWith("echo"));
    expect(answers).toEqual(["one", "nothing to answer", "two", "three", "four"]);
  });
  it("answers what came while it was away from a room that was empty when it left", async () => {
    const first = start(ECHO);
    await until(() => expect(first.output).toContain("In room"));
    await until(() => expect(existsSync(join(folder, "echo.json"))).toBe(true));
    await first.end("SIGKILL");
    await say("echo one");
    start(ECHO);
    await until(async () => expect(await said()).toContain("one"));
  });
});
