import {
  answering,
  definitionOf,
  isEntryRequest,
  JOIN_MESSAGES,
  refOf,
  refusal,
  unreachable,
  type Refusal,
  type UpFrame,
  type UpPayload,
} from "@parley/protocol";
import { ENTRY_OVERHEAD_BYTES } from "../limits/limits.ts";
import type { Range } from "../log/log.ts";
import type { Answers } from "./connection-writer.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Seat } from "./membership.ts";
import type { SessionDeps } from "./session-deps.ts";

const STORED_TOO_MUCH =
  "Your network has stored much within a minute. Wait a moment and try again.";

/** A frame, and how many bytes its text had. */
export interface Heard {
  readonly frame: UpFrame;
  readonly bytes: number;
}

/** What a frame can act on beside the seat. */
export interface Talk {
  readonly answers: Answers;
  readonly deps: SessionDeps;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  enter(payload: UpPayload<"join">): Promise<void>;
  leave(seat: Seat): void;
}

/**
 * Does what a frame asks for: a line a type.
 * @param seat where the connection is in a room
 */
export async function dispatch(
  talk: Talk,
  seat: Seat | undefined,
  { frame, bytes }: Heard,
): Promise<void> {
  const why = reasonAgainst(talk, seat, frame, bytes + ENTRY_OVERHEAD_BYTES);
  if (why) return talk.answers.refuse(why);
  if (isEntryRequest(frame)) return seat?.say(frame);
  switch (frame.type) {
    case "join":
      return talk.enter(frame.payload);
    case "ping":
      return talk.answers.send(answering({ type: "pong", payload: {} }, frame.payload.ref));
    case "typing":
      return seat?.typing(frame.payload.on);
    case "rename":
      return seat?.rename(frame.payload.name);
    case "history":
      return seat?.history(rangeOf(frame.payload), frame.payload.ref);
    case "leave":
      return seat && talk.leave(seat);
    default:
      return unreachable(frame);
  }
}

/** Why a frame is not taken: too fast, from outside a room, or while the server goes down. */
function reasonAgainst(
  talk: Talk,
  seat: Seat | undefined,
  frame: UpFrame,
  stored: number,
): Refusal | undefined {
  const ref = refOf(frame);
  if (!seat && frame.type !== "join" && frame.type !== "ping") return refusal("not_joined", ref);
  const now = talk.deps.now();
  if (!isEntryRequest(frame)) return tooFast(talk.signals.take(now), ref);
  if (talk.deps.isClosing()) return refusal("restarting", ref);
  const storage = talk.deps.storageOf(talk.answers.connection.address);
  const storedTooMuch = tooFast(storage.wait(now, stored), ref, STORED_TOO_MUCH);
  if (storedTooMuch) return storedTooMuch;
  const retryAfter = paceOf(talk[definitionOf(frame).rate], talk, seat);
  if (retryAfter === 0) storage.take(now, stored);
  return tooFast(retryAfter, ref);
}

function tooFast(retryAfter: number, ref?: string, why?: string): Refusal | undefined {
  return retryAfter > 0 ? { ...refusal("rate_limited", ref, why), retryAfter } : undefined;
}

/** Takes a permit of the connection and one of the person, or neither. */
function paceOf(permits: TokenBucket, talk: Talk, seat: Seat | undefined): number {
  const now = talk.deps.now();
  const personal = seat?.pace?.wait(now) ?? 0;
  if (personal > 0) return personal;
  const wait = permits.take(now);
  if (wait === 0) seat?.pace?.take(now);
  return wait;
}

function rangeOf({ after, before, limit = JOIN_MESSAGES }: UpPayload<"history">): Range {
  if (after !== undefined) return { after, limit };
  return before === undefined ? { limit } : { before, limit };
}
