import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { messagesIn, Parley, startServer } from "../testing/parley.ts";

let server: ServerProcess;
const users: Parley[] = [];
const clients: PlainClient[] = [];
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.dispose());
afterEach(async () => {
  for (const client of clients.splice(0)) client.ws.terminate();
  for (const user of users.splice(0)) await user.end();
});

async function user(): Promise<Parley> {
  const parley = await Parley.of(server);
  users.push(parley);
  return parley;
}

async function member(name: string, room: string): Promise<PlainClient> {
  const url = `${server.url.replace("http", "ws")}/ws`;
  const client = await PlainClient.join(url, room, name);
  clients.push(client);
  return client;
}

const said = (lines: readonly string[]) => lines.map((line) => line.replace(/^\d\d:\d\d /, ""));

describe("parley --with", () => {
  it("[W1] [W2] [W4] says something to one member alone, by name or id", async () => {
    const ben = await member("Ben", "with-say");
    const cem = await member("Cem", "with-say");
    const ada = await user();
    const done = { code: 0, out: "", err: "" };
    const say = (whom: string, text: string) =>
      ada.run(["say", "with-say", text, "--with", whom, "--name", "Ada"]);
    expect(await say("ben", "psst")).toEqual(done);
    const { with: from, frame } = await ben.next("private");
    expect(from.name).toBe("Ada");
    expect(frame).toMatchObject({ type: "chat", payload: { message: "psst" } });
    const benId = cem.frames.flatMap((each) =>
      each.type === "joined" ? each.payload.members.filter(({ name }) => name === "Ben") : [],
    )[0]?.id;
    expect(await say(benId ?? "", "again")).toEqual(done);
    expect(await ben.next("private")).toMatchObject({ frame: { payload: { message: "again" } } });
    expect(await messagesIn(server, "with-say")).toEqual([]);
    await cem.sync();
    expect(JSON.stringify(cem.frames)).not.toMatch(/psst|again|private/);
  });

  it("writes what was and is said privately", async () => {
    const ada = await user();
    const ben = await user();
    const tail = ben.start("tail", "with-tail", "--name", "Ben");
    const adaInRoom = ada.start("tail", "with-tail", "--name", "Ada");
    const isHere = async () => {
      const response = await fetch(`${server.url}/api/rooms/with-tail`);
      expect(await response.json()).toMatchObject({ count: 2 });
    };
    await until(isHere);
    await ada.run(["say", "with-tail", "psst", "--with", "Ben", "--name", "Ada"]);
    const talk = ben.start("tail", "with-tail", "--with", "Ada", "--name", "Ben");
    await until(() => expect(said(talk.lines)).toEqual(["Ada: psst"]));
    await ben.run(["say", "with-tail", "what?", "--with", "Ada", "--name", "Ben"]);
    await until(() => expect(said(talk.lines)).toEqual(["Ada: psst", "Ben: what?"]));
    talk.process.kill("SIGINT");
    expect(await talk.ended()).toBe(0);
    expect([tail.out, adaInRoom.out]).toEqual(["", ""]);
  });

  it("says why there is nobody to write to", async () => {
    const ada = await user();
    await member("Ben", "with-nobody");
    await member("Ben", "with-nobody");
    const nobody = await ada.run(["say", "with-nobody", "psst", "--with", "Cem"]);
    expect(nobody).toMatchObject({
      code: 1,
      err: "parley: Nobody called Cem is in with-nobody.\n",
    });
    const several = await ada.run(["say", "with-nobody", "psst", "--with", "Ben"]);
    expect(several.err).toContain("Several in with-nobody are called Ben: give one of ");
    const gone = await ada.run(["say", "with-nobody", "psst", "--with", "AAAAAAAAAAAAAAAA"]);
    expect(gone.code).toBe(1);
  });
});
