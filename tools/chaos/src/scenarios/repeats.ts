import { generateEntryId, type DownFrame, type LogEntry } from "@parley/protocol";
import { whole } from "../chance.ts";
import { bodyOf, contentOf } from "../checker/content.ts";
import { check } from "../checker/checker.ts";
import type { Observation } from "../checker/observation.ts";
import { alsoFound } from "../checker/verdict.ts";
import { Ear } from "../people/ear.ts";
import { readFinalLog } from "../people/final-log.ts";
import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { onOneServer } from "./on-one-server.ts";
import { expectations, type Outcome, type Round, type Scenario } from "./scenario.ts";

/** An id is sent again after a restart: with the same text, with another one, and by somebody else. */
export const repeats: Scenario = {
  name: "repeats",
  about:
    "an id that is sent again after a kill: by its author, with another text, by another person",
  rounds: 2,
  open: () => onOneServer(play),
};

async function play(server: ServerProcess, { roomId, chance }: Round): Promise<Outcome> {
  const observations: Observation[] = [];
  const record = (observation: Observation) => void observations.push(observation);
  const ears = { anna: new Ear("Anna", record), ben: new Ear("Ben", record) };
  const before = await join(server.socketUrl, roomId, ears.anna);
  const ids = Array.from({ length: whole(chance, 2, 12) }, generateEntryId);
  const originals: LogEntry[] = [];
  for (const id of ids) originals.push(await say(before.socket, ears.anna, id, `first ${id}`));
  await server.kill();
  await server.start();

  const heard: DownFrame[] = [];
  const anna = await join(server.socketUrl, roomId, ears.anna, before.token);
  const ben = await join(server.socketUrl, roomId, ears.ben, undefined, (frame) =>
    heard.push(frame),
  );
  const id = ids[whole(chance, 0, ids.length - 1)] ?? "";
  const original = originals.find(({ payload }) => payload.id === id);
  const repeat = await say(anna.socket, ears.anna, id, `first ${id}`);
  ears.anna.wroteOver(id, plainBody("another text"));
  const other = { id, message: "another text" };
  const { code, temporary, ref } = await anna.socket.ask("chat", other, "error");
  // Once this one is there, everything before it would have been heard too.
  const bens = await say(ben.socket, ears.ben, id, "by another person");
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
  ear: Ear,
  token?: string,
  hear: (frame: DownFrame) => void = () => {},
): Promise<{ socket: PlainClient; token: string }> {
  const onFrame = (frame: DownFrame) => {
    ear.hear(frame);
    hear(frame);
  };
  const socket = await PlainClient.connect(url, { onFrame });
  const known = token === undefined ? {} : { token };
  const joined = await socket.join(roomId, { name: ear.client, ...known });
  return { socket, token: joined.token };
}

function plainBody(message: string): string {
  return bodyOf({ type: "chat", payload: { message } });
}

async function say(socket: PlainClient, ear: Ear, id: string, message: string): Promise<LogEntry> {
  ear.wrote(id, plainBody(message));
  return { type: "chat", payload: await socket.ask("chat", { id, message }, "chat") };
}
