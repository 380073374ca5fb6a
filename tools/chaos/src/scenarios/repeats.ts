import { generateEntryId, type DownFrame, type LogEntry } from "@parley/protocol";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { whole } from "../chance.ts";
import { bodyOf, contentOf } from "../checker/content.ts";
import { check } from "../checker/checker.ts";
import type { Observation } from "../checker/observation.ts";
import { alsoFound } from "../checker/verdict.ts";
import { Recorder } from "../actors/recorder.ts";
import { readFinalLog } from "../actors/final-log.ts";
import { onOneServer } from "./on-one-server.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/**
 * An id is sent again after a restart: with the same text, with another one, and by another member.
 */
export const repeats: Scenario = {
  name: "repeats",
  about:
    "an id that is sent again after a kill: by its author, with another text, by another member",
  rounds: 2,
  open: () => onOneServer(play),
};

async function play(server: ServerProcess, { roomId, chance }: Round): Promise<Outcome> {
  const observations: Observation[] = [];
  const record = (observation: Observation) => void observations.push(observation);
  const recorders = { anna: new Recorder("Anna", record), ben: new Recorder("Ben", record) };
  const before = await join(server.socketUrl, roomId, recorders.anna);
  const ids = Array.from({ length: whole(chance, 2, 12) }, generateEntryId);
  const originals: LogEntry[] = [];
  for (const id of ids) originals.push(await say(before.socket, recorders.anna, id, `first ${id}`));
  await server.kill();
  await server.start();

  const heard: DownFrame[] = [];
  const anna = await join(server.socketUrl, roomId, recorders.anna, before.token);
  const ben = await join(server.socketUrl, roomId, recorders.ben, undefined, (frame) =>
    heard.push(frame),
  );
  const id = ids[whole(chance, 0, ids.length - 1)] ?? "";
  const original = originals.find(({ payload }) => payload.id === id);
  const repeat = await say(anna.socket, recorders.anna, id, `first ${id}`);
  recorders.anna.wroteOver(id, plainBody("another text"));
  const other = { id, message: "another text" };
  const { code, temporary, ref } = await anna.socket.ask("chat", other, "error");
  // When this one arrives, everything before it would have arrived, too.
  const bens = await say(ben.socket, recorders.ben, id, "by another person");
  anna.socket.cut();
  ben.socket.cut();

  const log = await readFinalLog(server.socketUrl, roomId);
  const found = expectations({
    "[D2] a repeated id is answered with the original entry":
      original !== undefined && contentOf(repeat) === contentOf(original),
    "[D2] it creates nothing, and is answered to its sender alone":
      log.head === ids.length + 1 && heard.filter(({ type }) => type === "chat").length === 1,
    "[D3] the same id with another text is refused for good":
      code === "id_conflict" && !temporary && ref === id,
    "[D2] an id is its author's own": bens.payload.seq === ids.length + 1,
  });
  for (const client of ["Anna", "Ben"]) record({ client, is: "left" });
  return { verdict: alsoFound(check(observations, log), found), note: `${ids.length} ids` };
}

async function join(
  url: string,
  roomId: string,
  recorder: Recorder,
  token?: string,
  hear: (frame: DownFrame) => void = () => {},
): Promise<{ socket: PlainClient; token: string }> {
  const onFrame = (frame: DownFrame) => {
    recorder.onFrame(frame);
    hear(frame);
  };
  const socket = await PlainClient.connect(url, { onFrame });
  const known = token === undefined ? {} : { token };
  const joined = await socket.join(roomId, { name: recorder.client, ...known });
  return { socket, token: joined.token };
}

function plainBody(message: string): string {
  return bodyOf({ type: "chat", payload: { message } });
}

async function say(
  socket: PlainClient,
  recorder: Recorder,
  id: string,
  message: string,
): Promise<LogEntry> {
  recorder.wrote(id, plainBody(message));
  return { type: "chat", payload: await socket.ask("chat", { id, message }, "chat") };
}
