import type { LogEntry } from "@parley/protocol";
import { ExitCode } from "../exit-code.ts";
import { note, writeLine } from "../output.ts";
import { jsonLine, plainLine } from "../plain-text.ts";
import { namesFor } from "../room/colours.ts";
import { entryText, frameOf } from "../room/entry-text.ts";
import { openConversation } from "../room/open-conversation.ts";
import { openRoom, type RoomTarget } from "../room/open-room.ts";
import { readLog } from "../room/read-log.ts";
import { failureCode } from "../room/failure.ts";
import { noteUnreached } from "../room/unreached.ts";
import { Transcript, type EntriesEvent } from "../room/transcript.ts";
import { whyOver } from "../room/why.ts";

export interface TailOptions {
  /** One entry per line, as JSON. */
  readonly json: boolean;
  /** Start after the entry with this number; by default with the last messages. */
  readonly since: number | undefined;
  /** The conversation with this member. */
  readonly whom: string | undefined;
}

/** Writes the messages of a room, until it is interrupted or the room is over. */
export async function tail(
  target: RoomTarget,
  { json, since, whom }: TailOptions,
): Promise<ExitCode> {
  const room = whom === undefined ? openRoom(target) : await openConversation(target, whom);
  if (typeof room === "number") return room;
  const { client } = room;
  const drawName = namesFor(process.stdout);
  const { promise: over, resolve: end } = Promise.withResolvers<ExitCode | "unreached">();
  const transcript = new Transcript(since);
  /** Writes in order of request, one after the other. */
  let turn: Promise<void> = Promise.resolve();
  let wasJoined = false;

  const show = (entry: LogEntry) => {
    writeLine(json ? jsonLine(frameOf(entry)) : entryText(entry, target.server, drawName));
  };
  const fillUpTo = async (first: number) => {
    for await (const entry of readLog(target.server, target.room, transcript.shown)) {
      if (entry.payload.seq >= first) return;
      for (const fresh of transcript.fresh([entry])) show(fresh);
    }
  };
  const showAll = async (event: EntriesEvent) => {
    const first = event.entries[0]?.payload.seq ?? 0;
    const notice = transcript.noticeOf(event);
    if (notice !== undefined) note(notice);
    const isWhole = event.type === "window" && event.why === "first" && since !== undefined;
    if (isWhole && first > transcript.shown + 1) await fillUpTo(first);
    for (const entry of transcript.fresh(event.entries)) show(entry);
  };

  const unsubscribe = client.subscribe((event) => {
    if (event.type === "window" || event.type === "entries") {
      turn = turn
        .then(() => showAll(event))
        .catch((error: unknown) => {
          end(failureCode(error));
        });
    }
    if (event.type === "pending") {
      for (const { id, state } of event.pending) {
        if (state.is !== "failed") continue;
        note(`A kept message was refused: ${plainLine(state.refusal.message)}`);
        client.discard(id);
      }
    }
    if (event.type !== "status") return;
    const { status } = event;
    switch (status.is) {
      case "joined":
        if (wasJoined) note("Connected again.");
        wasJoined = true;
        break;
      case "waiting":
        if (!wasJoined) end("unreached");
        break;
      case "refused":
      case "closed":
        note(whyOver(status));
        end(ExitCode.refused);
        break;
      case "connecting":
      case "reconnecting":
        break;
    }
  });
  const stop = () => end(ExitCode.done);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const code = await over;
  unsubscribe();
  room.leave();
  return code === "unreached" ? noteUnreached(target.server) : code;
}
