import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { PlainClient } from "@parley/testkit/plain-client";
import { TestServer } from "./server.ts";

let server: TestServer;
beforeEach(async () => {
  server = await TestServer.start();
});
afterEach(() => server.close());

const connect = () => PlainClient.connect(server.socketUrl);

describe("plain clients", () => {
  it("talk in their room with nothing but a join and a chat, and others hear nothing", async () => {
    const [one, two, three] = await Promise.all([connect(), connect(), connect()]);
    one.ws.send('{"type":"join","payload":{"roomId":"123"}}');
    two.ws.send('{"type":"join","payload":{"roomId":"123"}}');
    three.ws.send('{"type":"join","payload":{"roomId":"456"}}');
    await Promise.all([one, two, three].map((client) => client.next("joined")));
    one.ws.send('{"type":"chat","payload":{"message":"hi there"}}');
    const [heard, echoed] = await Promise.all([two.next("chat"), one.next("chat")]);
    expect(heard).toMatchObject({ message: "hi there", seq: 1 });
    expect(echoed).toEqual(heard);
    await three.sync();
    expect(three.gistOf("chat")).toEqual([]);
  });

  it.each(["/", "/ws", "/?code=123", "/ws?x"])("connect at %s", async (path) => {
    const client = await PlainClient.connect(`ws://127.0.0.1:${server.port}${path}`);
    expect(await client.join("123")).toMatchObject({ roomId: "123", count: 1 });
  });

  it("find each other in any case of the code", async () => {
    const [one, two] = [await connect(), await connect()];
    await one.join("Class-5B");
    expect(await two.join("cLASS-5b")).toMatchObject({ roomId: "class-5b", count: 2 });
  });

  it("are told what is wrong with a frame, and stay, and disturb nobody", async () => {
    const [one, two] = [await connect(), await connect()];
    await one.join("123");
    await two.join("123");
    const bad = [
      "hi",
      "[]",
      '{"type":"shout","payload":{}}',
      '{"type":"chat","payload":{"message":""}}',
      `{"type":"chat","payload":{"message":"${"x".repeat(9_000)}"}}`,
      '{"type":"chat","payload":{"message":"\\ud800"}}',
      `{"type":"chat","payload":{"message":"hi","x":${"[".repeat(4_000)}${"]".repeat(4_000)}}}`,
      '{"type":"join","payload":{"roomId":"no such room"}}',
    ];
    for (const text of bad) one.ws.send(text);
    one.say("still here");
    await two.next("chat");
    await one.next("chat");
    expect(one.gistOf("error")).toEqual([
      "error bad_json",
      "error bad_frame",
      "error unknown_type",
      "error message_empty",
      "error message_too_long",
      "error not_unicode",
      "error too_deep",
      "error bad_room",
    ]);
    expect(two.gistOf("error", "left")).toEqual([]);
  });

  it("may say as much as a message holds, in any script", async () => {
    const [one, two] = [await connect(), await connect()];
    await one.join("123");
    await two.join("123");
    for (const message of ["x".repeat(4_000), "€".repeat(2_700), "👩‍👩‍👧".repeat(400), "\u202eabc"]) {
      one.say(message);
      expect((await two.next("chat")).message).toBe(message);
    }
  });

  it("[O2] see the same in the same order, live and in history, however fast all talk", async () => {
    const clients = await Promise.all(Array.from({ length: 5 }, connect));
    await Promise.all(clients.map((client) => client.join("123")));
    for (let i = 0; i < 40; i += 1) {
      for (const [who, client] of clients.entries()) client.say(`${who}: ${i}`);
    }
    for (const client of clients) {
      for (let i = 0; i < 200; i += 1) await client.next("chat");
    }
    const [first, ...others] = clients.map((client) => client.gistOf("chat"));
    for (const other of others) expect(other).toEqual(first);
    const late = await connect();
    await late.join("123");
    late.send("history", { after: 0, limit: 200 });
    const { entries, more } = await late.next("history");
    expect(more).toBe(false);
    const live = clients[0]?.frames.filter(({ type }) => type === "chat");
    expect(entries).toEqual(live);
  });

  it("[D2] react with the same heart in both of its forms", async () => {
    const [ann, bob] = [await connect(), await connect()];
    await ann.join("123");
    await bob.join("123");
    ann.send("chat", { message: "hello", id: "m1" });
    await bob.next("chat");
    const heart = { target: "m1", on: true, id: "r1" };
    const emoji = "\u2764\ufe0f";
    ann.send("react", { ...heart, emoji: "\u2764" });
    expect(await ann.next("reacted")).toMatchObject({ emoji, seq: 2 });
    bob.send("react", { ...heart, emoji });
    expect(await ann.next("reacted")).toMatchObject({ emoji, seq: 3 });
    ann.send("react", { ...heart, emoji });
    expect(await ann.next("reacted")).toMatchObject({ emoji, seq: 2 });
    expect(bob.gistOf("error")).toEqual([]);
  });

  it("[R1] come back and are brought everything that they missed", async () => {
    const [ann, bob] = [await connect(), await connect()];
    const { token, epoch } = await ann.join("123");
    await bob.join("123");
    ann.say("one");
    const { seq, id } = await ann.next("chat");
    ann.ws.terminate();
    for (let i = 0; i < 5; i += 1) bob.say(`missed ${i}`);
    for (let i = 0; i < 6; i += 1) await bob.next("chat");
    const again = await connect();
    const joined = await again.join("123", { token, since: { epoch, seq, id } });
    expect(joined).toMatchObject({ recovered: true, missed: 5, head: 6, count: 2 });
    expect(joined.entries).toHaveLength(5);
    expect(bob.gistOf("left", "entered")).toEqual([]);
  });

  it("may use a browser's WebSocket, too", async () => {
    const socket = new globalThis.WebSocket(server.socketUrl);
    const said = new Promise((resolve) => {
      socket.addEventListener("message", ({ data }) => {
        if (String(data).includes('"chat"')) resolve(data);
      });
    });
    await new Promise((resolve) => {
      socket.addEventListener("open", resolve, { once: true });
    });
    socket.send('{"type":"join","payload":{"roomId":"123"}}');
    socket.send('{"type":"chat","payload":{"message":"hi there"}}');
    expect(await said).toContain("hi there");
    socket.close();
  });

  it("get a subprotocol only if they ask for ours", async () => {
    const ours = await PlainClient.connect(server.socketUrl, { protocol: "parley.v1" });
    expect(ours.ws.protocol).toBe("parley.v1");
    const plain = await connect();
    expect(plain.ws.protocol).toBe("");
    const strange = new WebSocket(server.socketUrl, ["chat.v9"]);
    await expect(
      new Promise((resolve, reject) => {
        strange.on("open", resolve);
        strange.on("error", reject);
      }),
    ).rejects.toThrow("Server sent no subprotocol");
  });
});
