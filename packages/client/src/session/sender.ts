import { encode, FRAME_BYTES_MAX, refusal, type LogEntry, type Refusal } from "@parley/protocol";
import { nextWait, rested, type Backoff } from "../backoff.ts";
import type { Moment } from "../clock.ts";
import { refusalOf, withState, type Writings, type Written } from "./written.ts";

/** No answer within this, in ms, and whether it arrived is unknown (SPEC D4). */
export const ANSWER_WAIT_MS = 10_000;

/** Whose turn it is to send, among the tabs that share an outbox: this one's, or another's. */
export type Turn = "ours" | "theirs";

/**
 * Sends what was written in that order, one at a time, so that neither a refusal nor a lost
 * connection can turn the order round (SPEC D5).
 */
export interface Sender {
  readonly writings: Writings;
  /** Whether the outbox was read: what it holds goes first. */
  readonly isLoaded: boolean;
  readonly turn: Turn;
  /** After a temporary refusal nothing is sent before this, in ms since 1970. */
  readonly pausedUntil: number | undefined;
  readonly backoff: Backoff;
}

const perhapsSent = { is: "queued", perhapsSent: true } as const;

export const emptySender: Sender = {
  writings: [],
  isLoaded: false,
  turn: "theirs",
  pausedUntil: undefined,
  backoff: rested,
};

/** The next one to leave, if it can leave now. */
export function nextToSend(sender: Sender, now: number): Written | undefined {
  const isOpen = sender.turn === "ours" && sender.isLoaded;
  return isOpen && (sender.pausedUntil ?? now) <= now ? queuedHead(sender) : undefined;
}

/** Whether something could leave, were it our turn. */
export function lacksTurn(sender: Sender): boolean {
  return sender.turn === "theirs" && sender.isLoaded && queuedHead(sender) !== undefined;
}

/** The turn changed hands. What waits may have been sent by another tab, too. */
export function takingTurn(sender: Sender, turn: Turn): Sender {
  if (turn === "ours") return { ...sender, turn };
  const { writings } = sender;
  const unsure = writings.some(isOurs)
    ? writings.map((written) => (isOurs(written) ? { ...written, state: perhapsSent } : written))
    : writings;
  return { ...sender, writings: unsure, turn, pausedUntil: undefined, backoff: rested };
}

/** Whether nobody else can have sent it, or this tab is sending it. */
function isOurs({ state }: Written): boolean {
  return state.is === "sending" || (state.is === "queued" && !state.perhapsSent);
}

/** The first that is not settled, where it waits for nothing but its turn. */
function queuedHead({ writings }: Sender): Written | undefined {
  const head = writings.find(({ state }) => state.is !== "failed" && state.is !== "landed");
  return head?.state.is === "queued" ? head : undefined;
}

/** The one that was sent and is not answered. */
export function inFlight({ writings }: Sender): Written | undefined {
  return writings.find(({ state }) => state.is === "sending");
}

/** It leaves now. */
export function sent(sender: Sender, id: string, now: number): Sender {
  const refusal = refusalOf(queuedHead(sender)?.state);
  const state = { is: "sending", answerBy: now + ANSWER_WAIT_MS, ...refusal } as const;
  return { ...sender, writings: withState(sender.writings, id, state), pausedUntil: undefined };
}

/** Why a frame would only close the connection, where it would. */
export function tooLargeToSend({ id, frame }: Written): Refusal | undefined {
  const bytes = new TextEncoder().encode(encode(frame)).length;
  return bytes > FRAME_BYTES_MAX ? refusal("message_too_long", id) : undefined;
}

/**
 * Takes the acknowledgements out of entries, wherever they come from: live, an answer to a repeat,
 * a page, a window (SPEC D1, D2).
 * @returns `landed`: the ids that the outbox can forget
 */
export function acknowledge(
  sender: Sender,
  entries: readonly LogEntry[],
  selfId: string,
): { readonly sender: Sender; readonly landed: readonly string[] } {
  if (sender.writings.length === 0) return { sender, landed: [] };
  const seqs = new Map<string, number>();
  for (const { payload } of entries) {
    if (payload.from.id === selfId) seqs.set(payload.id, payload.seq);
  }
  const landed: string[] = [];
  const writings = sender.writings.map((written) => {
    const seq = seqs.get(written.id);
    if (seq === undefined || !canLand(written)) return written;
    landed.push(written.id);
    return { ...written, state: { is: "landed", seq } as const };
  });
  return landed.length === 0
    ? { sender, landed }
    : { sender: { ...sender, writings, pausedUntil: undefined, backoff: rested }, landed };
}

/** An entry under the id of a conflict is another text: ours must not be lost for it (SPEC D3). */
function canLand({ state }: Written): boolean {
  if (state.is === "failed") return state.refusal.code !== "id_conflict";
  return state.is !== "landed";
}

/** The log is shown up to this `seq`: what landed there needs no place of its own any more. */
export function settle(sender: Sender, shownUpTo: number): Sender {
  const { writings } = sender;
  const left = writings.filter(({ state }) => state.is !== "landed" || state.seq > shownUpTo);
  return left.length === writings.length ? sender : { ...sender, writings: left };
}

/** The one in flight goes again under its id, after a wait (SPEC D4). */
export function putOff(sender: Sender, id: string, refusal: Refusal, moment: Moment): Sender {
  const next = nextWait(sender.backoff, moment.random, refusal.retryAfter);
  const writings = withState(sender.writings, id, { ...perhapsSent, refusal });
  const pausedUntil = moment.now + next.wait;
  return { ...sender, writings, pausedUntil, backoff: next.backoff };
}

/** This one is refused for good; the others go on. */
export function fail(sender: Sender, id: string, refusal: Refusal): Sender {
  return { ...sender, writings: withState(sender.writings, id, { is: "failed", refusal }) };
}

/** The connection is gone: whether the one in flight arrived is unknown, so it goes again. */
export function interrupted(sender: Sender): Sender {
  const flying = inFlight(sender);
  if (!flying) return sender;
  return { ...sender, writings: withState(sender.writings, flying.id, perhapsSent) };
}

/** When the sender has to be looked at next, in ms since 1970. */
export function senderDue(sender: Sender): number | undefined {
  const flying = inFlight(sender);
  if (flying?.state.is === "sending") return flying.state.answerBy;
  const isOpen = sender.turn === "ours" && sender.isLoaded;
  return isOpen && queuedHead(sender) ? sender.pausedUntil : undefined;
}
