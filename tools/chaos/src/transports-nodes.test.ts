import { openHttp } from "@parley/client/http";
import { generateEntryId, type DownFrame } from "@parley/protocol";
import { until } from "@parley/testkit";
import { RedisServer } from "@parley/testkit/redis-server";
import type { ServerProcess } from "@parley/testkit/server-process";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startServer } from "./servers.ts";

const MESSAGES = 30;

let redis: RedisServer;
let servers: readonly ServerProcess[];
beforeAll(async () => {
  redis = await RedisServer.start();
  const env = { REDIS_URL: redis.url };
  servers = await Promise.all([1, 2, 3].map(() => startServer({ env })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.dispose()));
  await redis.stop();
});

it("[H1] [H3] [H4] a message that is posted to one server is read from another while a third dies", async () => {
  const [writing, reading, dying] = servers;
  if (!writing || !reading || !dying) throw new Error("There are three.");
  const roomId = generateEntryId();
  const post = (server: ServerProcess, message: string) =>
    fetch(`${server.url}/api/rooms/${roomId}/messages`, { method: "POST", body: message });

  const frames: DownFrame[] = [];
  const stream = openHttp(reading.socketUrl, "stream");
  stream.listen({
    opened: () => stream.send(JSON.stringify({ type: "join", payload: { roomId } })),
    received: (text) => frames.push(JSON.parse(text) as DownFrame),
    closed: () => {},
  });
  const said = () =>
    frames.flatMap((frame) =>
      frame.type === "chat" ? [`${frame.payload.seq} ${frame.payload.message}`] : [],
    );
  await until(() => expect(frames[0]?.type).toBe("joined"));

  expect((await post(dying, "1")).status).toBe(201);
  const killed = dying.kill();
  for (let n = 2; n <= MESSAGES; n += 1) {
    expect((await post(writing, `${n}`)).status).toBe(201);
  }
  await killed;
  await until(() => expect(said()).toHaveLength(MESSAGES));
  expect(said()).toEqual(Array.from({ length: MESSAGES }, (_, n) => `${n + 1} ${n + 1}`));
  stream.close("lost");
});
