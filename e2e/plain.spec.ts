import { PlainClient } from "@parley/testkit/plain-client";
import { expect, test } from "./fixture.ts";

for (const path of ["/", "/ws"]) {
  test(`three fixed frames are enough to chat with a browser at ${path}`, async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada");
    await ada.join(room);
    const script = await PlainClient.connect(new URL(path, server.socketUrl).href);
    script.send("join", { roomId: room });
    await ada.seesCount(2);

    script.send("chat", { message: "hi there" });
    await ada.sees("hi there");
    expect((await script.next("chat")).message).toBe("hi there");
    await ada.say("hello, script");
    expect((await script.next("chat")).message).toBe("hello, script");

    script.close();
    await ada.seesCount(1);
  });
}

test("two scripts in a room receive each other, a third in another room receives nothing", async ({
  room,
  server,
}) => {
  const [one, two, other] = await Promise.all([
    PlainClient.connect(server.socketUrl),
    PlainClient.connect(server.socketUrl),
    PlainClient.connect(server.socketUrl),
  ]);
  one.send("join", { roomId: room });
  two.send("join", { roomId: room });
  other.send("join", { roomId: `${room}-other` });
  await Promise.all([one, two, other].map((script) => script.next("joined")));

  one.send("chat", { message: "hi there" });
  for (const script of [one, two]) {
    expect(await script.next("chat")).toMatchObject({ message: "hi there", seq: 1 });
  }
  other.send("chat", { message: "alone" });
  expect(await other.next("chat")).toMatchObject({ message: "alone", seq: 1 });
  expect(other.frames.filter((frame) => frame.type === "chat")).toHaveLength(1);
  for (const script of [one, two, other]) script.close();
});
