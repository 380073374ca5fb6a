import { until } from "@parley/testkit";
import { PlainClient } from "@parley/testkit/plain-client";
import { describe, expect, it } from "vitest";
import { eachWithParley, messagesIn } from "../testing/parley.ts";

const held = eachWithParley();

describe("parley chat in a pipe", () => {
  it("sends each line that it reads, and writes each message that arrives", async () => {
    const { parley, server } = held;
    const chat = parley.start("chat", "pipe", "--name", "Ada");
    chat.process.stdin.write("one\n/quit\n");
    await until(() => expect(chat.lines).toHaveLength(2));
    const bob = await PlainClient.join(server.socketUrl, "pipe", "Bob");
    bob.say("three");
    await until(() => expect(chat.lines).toHaveLength(3));
    expect(chat.lines.map((line) => line.slice(6))).toEqual([
      "Ada: one",
      "Ada: /quit",
      "Bob: three",
    ]);
    chat.process.stdin.end("four\n");
    expect(await chat.ended()).toBe(0);
    expect(await messagesIn(server, "pipe")).toEqual(["one", "/quit", "three", "four"]);
    expect(chat.err).toBe("");
    bob.ws.terminate();
  });

  it("continues after a restart of the server, and loses no line", async () => {
    const { parley, server } = held;
    const chat = parley.start("chat", "restart", "--name", "Ada");
    chat.process.stdin.write("before\n");
    await until(() => expect(chat.lines).toHaveLength(1));
    await server.kill();
    await until(() => expect(chat.err).toContain("Reconnecting."));
    chat.process.stdin.write("meanwhile\n");
    await server.start();
    await until(() => expect(chat.lines).toHaveLength(2));
    expect(chat.err).toContain("Back, 0 new.");
    chat.process.stdin.end();
    expect(await chat.ended()).toBe(0);
    expect(await messagesIn(server, "restart")).toEqual(["before", "meanwhile"]);
  });

  it("exits with 75 while the server is away, and keeps the messages for the next time", async () => {
    const { parley, server } = held;
    await server.stop();
    const away = await parley.run(["chat", "kept"], "later\n");
    expect(away).toMatchObject({ code: 75, out: "", err: expect.stringContaining("Kept: 1") });
    await server.start();
    expect((await parley.run(["chat", "kept", "--name", "Ada"])).code).toBe(0);
    await until(async () => expect(await messagesIn(server, "kept")).toEqual(["later"]));
  });

  it("exits on SIGINT", async () => {
    const { parley } = held;
    const chat = parley.start("chat", "end");
    chat.process.stdin.write("one\n");
    await until(() => expect(chat.lines).toHaveLength(1));
    chat.process.kill("SIGINT");
    expect(await chat.ended()).toBe(0);
  });
});
