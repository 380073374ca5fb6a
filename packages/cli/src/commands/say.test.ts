import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { until } from "@parley/testkit";
import { describe, expect, it } from "vitest";
import { eachWithParley, messagesIn } from "../testing/parley.ts";

const held = eachWithParley();

describe("parley say", () => {
  it("sends its words, or standard input, or each line of it", async () => {
    const { parley, server } = held;
    expect(await parley.run(["say", "words", "hi", "there"])).toEqual({
      code: 0,
      out: "",
      err: "",
    });
    expect((await parley.run(["say", "words"], "two\nlines\n")).code).toBe(0);
    expect((await parley.run(["say", "words", "--lines"], "one\n\nmore")).code).toBe(0);
    expect(await messagesIn(server, "words")).toEqual(["hi there", "two\nlines", "one", "more"]);
  });

  it("[D5] keeps messages while the server is away, and sends them once, first and in order", async () => {
    const { parley, server } = held;
    await server.stop();
    for (const text of ["one", "two"]) {
      const { code, err } = await parley.run(["say", "away", text]);
      expect(code).toBe(75);
      expect(err).toContain("away. Kept: ");
    }
    expect((await parley.run(["say", "away", "--lines"], "three\nfour\n")).code).toBe(75);
    await server.start();
    expect((await parley.run(["say", "away", "five"])).code).toBe(0);
    expect((await parley.run(["say", "away", "six"])).code).toBe(0);
    const all = ["one", "two", "three", "four", "five", "six"];
    expect(await messagesIn(server, "away")).toEqual(all);
  });

  it("[D2] sends once what two processes send at the same time", async () => {
    const { parley, server } = held;
    await server.stop();
    await parley.run(["say", "both", "--lines"], "1\n2\n3\n");
    await server.start();
    const [one, other] = await Promise.all([
      parley.run(["say", "both", "a"]),
      parley.run(["say", "both", "b"]),
    ]);
    expect([one.code, other.code]).toEqual([0, 0]);
    const said = await messagesIn(server, "both");
    expect(said.slice(0, 3)).toEqual(["1", "2", "3"]);
    expect(said.slice(3).toSorted()).toEqual(["a", "b"]);
  });

  it("hands its message to a process that has the room open", async () => {
    const { parley, server } = held;
    const tail = parley.start("tail", "open");
    await parley.run(["say", "open", "first"]);
    await until(() => expect(tail.out).toContain(": first\n"));
    expect((await parley.run(["say", "open", "second"])).code).toBe(0);
    await until(() => expect(tail.out).toContain(": second\n"));
    expect(await messagesIn(server, "open")).toEqual(["first", "second"]);
  });

  it("exits with 1 if the server refuses, and does not keep the message", async () => {
    const { parley, server } = held;
    const long = await parley.run(["say", "refused"], "x".repeat(5_000));
    expect(long).toMatchObject({ code: 1, err: expect.stringContaining("at most 4,000") });
    const empty = await parley.run(["say", "refused", ""]);
    expect(empty).toMatchObject({
      code: 1,
      err: "parley: Refused (A message needs some text.)\n",
    });
    expect((await parley.run(["say", "refused", "short"])).code).toBe(0);
    expect(await messagesIn(server, "refused")).toEqual(["short"]);
  });

  it.each([
    [[], "Which command?"],
    [["sing"], "No command sing."],
    [["say"], "Which room?"],
    [["say", "no room"], "A room code is"],
    [["say", "room", "--lines", "text"], "--lines reads"],
    [["say", "room", "--json", "text"], "say takes no --json."],
    [["say", "room", "text", "--name", " "], "A name is"],
    [["say", "room", "text", "--server", "ftp://host"], "no address of a server"],
    [
      ["say", "room", "-x"],
      "There is no option -x. Text that begins with a dash goes after `--`: `parley say ROOM -- -x`.",
    ],
    [["tail", "room", "--all"], "There is no option --all.\n"],
    [["tail", "room", "--since", "-1"], "argument"],
    [["tail", "room", "--since", "x"], "--since must be"],
    [["doctor", "--wait", "0"], "--wait must be"],
  ])("ends with 2 on %j", async (args, why) => {
    const { parley } = held;
    const { code, err } = await parley.run(args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(why) });
    expect(err.split("\n").slice(-2)).toEqual(["`parley --help` lists all options.", ""]);
    expect(err).not.toContain("Usage:");
  });

  it("prints its usage", async () => {
    const { parley } = held;
    expect(await parley.run(["--help"])).toMatchObject({ code: 0, err: "" });
    expect((await parley.run(["--version"])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("makes its files readable for their owner only", async () => {
    const { parley, server } = held;
    await server.stop();
    await parley.run(["say", "mine", "secret"]);
    const files = await readdir(parley.state, { recursive: true, withFileTypes: true });
    const modes = files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).mode & 0o777);
    expect(modes.length).toBeGreaterThanOrEqual(2);
    for (const mode of modes) expect(await mode).toBe(0o600);
  });
});
