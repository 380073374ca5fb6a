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
import type { ConnectionWriter } from "./connection-writer.ts";
import { messageWith, sendFile } from "./file-frames.ts";
import type { TokenBucket } from "../limits/rate-limit.ts";
import type { Membership } from "./membership.ts";
import type { AskedPages } from "./page-queue.ts";
import type { SessionDeps } from "./session-deps.ts";

const STORED_TOO_MUCH =
  "Your network has stored much within a minute. Wait a moment and try again.";

/** A frame, and how many bytes its text had. */
export interface ReceivedFrame {
  readonly frame: UpFrame;
  readonly bytes: number;
  /** Of a `file` that is a binary frame: its bytes. */
  readonly data?: Uint8Array;
  /** To be called once nothing of it is held any more. */
  readonly done?: () => void;
}

/** What a frame can act on beside the membership. */
export interface DispatchContext {
  readonly writer: ConnectionWriter;
  readonly deps: SessionDeps;
  readonly messages: TokenBucket;
  readonly signals: TokenBucket;
  readonly pages: AskedPages;
  /** The `file` frame that says what the next binary frame is. */
  nextFile?: UpPayload<"file"> | undefined;
  enter(payload: UpPayload<"join">): Promise<void>;
  leave(membership: Membership): void;
}

/**
 * Does what a frame asks for: one line for each type.
 * @param membership where the connection is in a room
 * @returns nothing if it is done
 */
export function dispatch(
  context: DispatchContext,
  membership: Membership | undefined,
  { frame, bytes, data }: ReceivedFrame,
): Promise<void> | void {
  if (data) return receiveFile(context, membership, data);
  const why = reasonAgainst(context, membership, frame, bytes + ENTRY_OVERHEAD_BYTES);
  if (why) return context.writer.refuse(why);
  if (isEntryRequest(frame)) return membership?.submit(frame);
  switch (frame.type) {
    case "join":
      return context.enter(frame.payload);
    case "ping":
      return context.writer.send(answering({ type: "pong", payload: {} }, frame.payload.ref));
    case "typing":
      return membership?.typing(frame.payload.on);
    case "rename":
      return membership?.rename(frame.payload.name);
    case "history":
      return membership?.history(rangeOf(frame.payload), frame.payload.ref);
    case "leave":
      return membership && context.leave(membership);
    case "file":
      if (!context.deps.files) return context.writer.refuse(refusal("files_off", refOf(frame)));
      context.nextFile = frame.payload;
      return;
    case "private":
      return membership?.privately?.receive(frame.payload, bytes);
    default:
      return unreachable(frame);
  }
}

/** Takes a binary frame, which is a file of its sender. */
async function receiveFile(
  context: DispatchContext,
  membership: Membership | undefined,
  data: Uint8Array,
): Promise<void> {
  const { writer, nextFile: given = {}, deps } = context;
  context.nextFile = undefined;
  const ref = given.ref ?? given.id;
  if (!deps.files) return writer.refuse(refusal("binary_frame", ref));
  if (!membership) return writer.refuse(refusal("not_joined", ref));
  const facts = deps.files.describe(data, given.name);
  const said = messageWith(facts, given);
  const bytes = Buffer.byteLength(said.payload.message) + ENTRY_OVERHEAD_BYTES;
  const why = reasonAgainst(context, membership, said, bytes);
  if (why) return writer.refuse(why);
  return sendFile(deps.files, writer, membership, said, facts, data);
}

/** Why a frame is not taken: too fast, from outside a room, or while the server goes down. */
function reasonAgainst(
  context: DispatchContext,
  membership: Membership | undefined,
  frame: UpFrame,
  stored: number,
): Refusal | undefined {
  const ref = refOf(frame);
  if (!membership && frame.type !== "join" && frame.type !== "ping")
    return refusal("not_joined", ref);
  // The frame in it takes its own permit.
  if (frame.type === "private") return undefined;
  const now = context.deps.now();
  if (!isEntryRequest(frame)) return tooFast(context.signals.take(now), ref);
  if (context.deps.isClosing()) return refusal("restarting", ref);
  const storage = context.deps.storageOf(context.writer.connection.address);
  const storedTooMuch = tooFast(storage.wait(now, stored), ref, STORED_TOO_MUCH);
  if (storedTooMuch) return storedTooMuch;
  const retryAfter = paceOf(context[definitionOf(frame).rate], context, membership);
  if (retryAfter === 0) storage.take(now, stored);
  return tooFast(retryAfter, ref);
}

function tooFast(retryAfter: number, ref?: string, why?: string): Refusal | undefined {
  return retryAfter > 0 ? { ...refusal("rate_limited", ref, why), retryAfter } : undefined;
}

/** Takes a permit of the connection and one of the member, or neither. */
function paceOf(
  permits: TokenBucket,
  context: DispatchContext,
  membership: Membership | undefined,
): number {
  const now = context.deps.now();
  const personal = membership?.pace?.wait(now) ?? 0;
  if (personal > 0) return personal;
  const wait = permits.take(now);
  if (wait === 0) membership?.pace?.take(now);
  return wait;
}

function rangeOf({ after, before, limit = JOIN_MESSAGES }: UpPayload<"history">): Range {
  if (after !== undefined) return { after, limit };
  return before === undefined ? { limit } : { before, limit };
}
