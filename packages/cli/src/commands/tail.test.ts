import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { eachWithParley } from "../testing/parley.ts";

const held = eachWithParley();

/** The lines without their times. */
const said = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d\d:\d\d /, ""));

describe("parley tail", () => {
  it("writes the last messages and new ones, also after a restart of the server", async () => {
    const { parley, server } = held;
    await parley.run(["say", "room", "before", "--name", "Ada"]);
    const tail = parley.start("tail", "room", "--name", "Ada");
    await until(() => expect(said(tail.lines)).toEqual(["Ada: before"]));
    await server.stop();
    await server.start();
    await parley.run(["say", "room", "after", "--name", "Ada"]);
    await until(() => expect(said(tail.lines)).toEqual(["Ada: before", "Ada: after"]));
    tail.process.kill("SIGINT");
    expect(await tail.ended()).toBe(0);
  });

  it("continues after a number, however far back, as JSON", async () => {
    const { parley } = held;
    const lines = Array.from({ length: 450 }, (_, place) => `${place + 1}`);
    await parley.run(["say", "long", "--lines"], lines.join("\n"));
    const tail = parley.start("tail", "long", "--json", "--since", "3");
    await until(() => expect(tail.lines).toHaveLength(447));
    const entries = tail.lines.map(
      (line) => JSON.parse(line) as { payload: { seq: number; message: string } },
    );
    expect(entries.map(({ payload }) => payload.message)).toEqual(lines.slice(3));
    expect(entries[0]?.payload.seq).toBe(4);
  });

  it("sends kept messages", async () => {
    const { parley, server } = held;
    await server.stop();
    expect((await parley.run(["tail", "kept"])).code).toBe(75);
    await parley.run(["say", "kept", "later"]);
    await server.start();
    const tail = parley.start("tail", "kept", "--name", "Ada");
    await until(() => expect(said(tail.lines)).toEqual(["Ada: later"]));
  });

  it("writes nothing that could drive a terminal", async () => {
    const { parley } = held;
    await parley.run(["say", "hostile"], "\u001b[2J\u009b1mred\u0007\r\u202e\nBob: forged");
    const tail = parley.start("tail", "hostile", "--name", "Ada");
    await until(() => expect(tail.lines).toHaveLength(2));
    expect(tail.lines[0]).toMatch(/: \[2J1mred$/);
    expect(tail.lines[1]).toBe("      Bob: forged");
    const json = parley.start("tail", "hostile", "--json");
    await until(() => expect(json.lines).toHaveLength(1));
    // oxlint-disable-next-line no-control-regex -- none of these may appear
    expect(json.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(JSON.parse(json.out)).toMatchObject({
      payload: { message: "\u001b[2J\u009b1mred\u0007\r\u202e\nBob: forged" },
    });
  });

  it("says that a hook is one", async () => {
    const { parley, server } = held;
    const ask = (path: string, body: string) =>
      fetch(server.url + path, {
        method: "POST",
        headers: { Authorization: `Bearer ${"a".repeat(22)}` },
        body,
      });
    const made = await ask(
      "/api/rooms/hooked/hooks",
      JSON.stringify({ kind: "in", name: "Builds" }),
    );
    const { url } = (await made.json()) as { url: string };
    await ask(url, "done");
    const tail = parley.start("tail", "hooked");
    await until(() => expect(said(tail.lines)).toEqual(["Builds [hook]: done"]));
  });

  it("exits quietly when its reader closes", async () => {
    const { parley } = held;
    await parley.run(["say", "pipe", "one"]);
    const tail = parley.start("tail", "pipe");
    await until(() => expect(tail.lines).toHaveLength(1));
    tail.process.stdout.destroy();
    await parley.run(["say", "pipe", "two"]);
    expect(await tail.ended()).toBe(0);
    expect(tail.err).toBe("");
  });
});

describe("parley export", () => {
  it("writes the whole log, one entry per line, and does not join", async () => {
    const { parley } = held;
    const lines = Array.from({ length: 250 }, (_, place) => `${place + 1}`);
    await parley.run(["say", "log", "--lines"], lines.join("\n"));
    const { code, out } = await parley.run(["export", "log"]);
    expect(code).toBe(0);
    const entries = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { payload: { message: string } });
    expect(entries.map(({ payload }) => payload.message)).toEqual(lines);
  });

  it("shows the whole address of a server that is none, and not its page", async () => {
    const { parley, server } = held;
    const url = `${server.url}/nowhere/`;
    const { code, err } = await parley.run(["export", "log", "--server", url]);
    expect([code, err]).toEqual([1, `parley: ${url} answered 404.\n`]);
  });

  it("exits with 75 while the server is away", async () => {
    const { parley, server } = held;
    await server.stop();
    expect(await parley.run(["export", "log"])).toMatchObject({ code: 75, out: "" });
  });
});
