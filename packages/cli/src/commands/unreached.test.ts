import { readdir } from "node:fs/promises";
import { HttpTarget } from "@parley/testkit/http-target";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Parley } from "../testing/parley.ts";

let host: HttpTarget;
let url: string;
let parley: Parley;
beforeEach(async () => {
  host = await HttpTarget.start();
  url = `http://${host.host}/r/123/`;
  parley = await Parley.of({ url });
});
afterEach(async () => {
  await parley.end();
  host.close();
});

const COMMANDS = [
  ["say", "123", "hi"],
  ["tail", "123"],
  ["say", "123", "hi", "--with", "Ada"],
];

/** How many messages are kept. */
async function kept(): Promise<number> {
  const files = await readdir(parley.state, { recursive: true });
  return files.filter((file) => file.endsWith(".json")).length;
}

describe("a server to which no connection succeeds", () => {
  it("is called none, and nothing is kept for it, if something else answers", async () => {
    for (const [status, shown] of [
      [404, " (404)"],
      [200, ""],
    ] as const) {
      host.status = status;
      for (const command of COMMANDS) {
        const { code, err } = await parley.run(command);
        expect([code, err]).toEqual([1, `parley: There is no Parley at ${url}${shown}.\n`]);
      }
    }
    expect(await kept()).toBe(0);
  });

  it("is called away, and doctor is named, if only a proxy or nothing answers", async () => {
    const hint = `parley: \`parley doctor ${url}\` says why.\n`;
    host.status = 503;
    const said = await parley.run(["say", "123", "hi"]);
    expect([said.code, said.err]).toEqual([75, expect.stringContaining("away. Kept: 1 of 123;")]);
    expect(said.err).toContain(hint);
    host.close();
    for (const command of COMMANDS.slice(1)) {
      const { code, err } = await parley.run(command);
      expect([code, err]).toEqual([75, `parley: ${url} is away. Try again later.\n${hint}`]);
    }
    expect(await kept()).toBe(1);
  });
});
