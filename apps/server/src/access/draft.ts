import {
  definitionOf,
  definitionOfKind,
  generateEntryId,
  refOf,
  refusal,
  type EntryFrame,
  type EntryRequest,
  type Member,
  type Refusal,
} from "@parley/protocol";
import type { Draft, RoomLog, Target } from "../log/log.ts";

export type Drafted =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly refusal: Refusal };

/** The `id` of the message that a frame speaks of; without one, nothing has to be looked up. */
export function targetOf(frame: EntryRequest): string | undefined {
  const { target } = definitionOf(frame);
  return target && textIn(frame.payload, target.field);
}

/**
 * What a frame adds to the log: its content, and who said it when.
 * @param at when it came, in ms since 1970
 * @param targetSeq where the message stands that it speaks of, where it speaks of one
 */
export function draftOf(frame: EntryRequest, from: Member, at: number, targetSeq?: number): Draft {
  const { kind, content, target, condition } = definitionOf(frame);
  const fields: Readonly<Record<string, unknown>> = frame.payload;
  const said = content.filter((field) => fields[field] !== undefined);
  const where = target && targetSeq !== undefined ? { [target.seqField]: targetSeq } : {};
  const payload = {
    ...Object.fromEntries(said.map((field) => [field, fields[field]])),
    ...where,
    id: frame.payload.id ?? generateEntryId(),
    at,
    from,
  };
  const expect = condition && fields[condition];
  return { type: kind, payload, ...(expect === undefined ? {} : { expect }) } as Draft;
}

/** Looks an entry up in the room's log. */
type Find = (target: Target) => ReturnType<RoomLog["find"]>;

/**
 * Decides what a frame adds to the log, or why nothing: the message that it speaks of has to be
 * there, and be whose its kind says. Throws LogUnavailable.
 * @param at when it came, in ms since 1970
 */
export async function draftEntry(
  frame: EntryRequest,
  from: Member,
  at: number,
  find: Find,
): Promise<Drafted> {
  const target = targetOf(frame);
  if (target === undefined) return { ok: true, draft: draftOf(frame, from, at) };
  const { id } = frame.payload;
  // A frame that came before is the log's to judge, also where its target is gone (SPEC D2, D3).
  const earlier =
    id === undefined ? undefined : await find({ id, author: from.id, ofAnyKind: true });
  const seq = earlier ? targetSeqOf(earlier) : await findTarget(frame, target, from, find);
  if (typeof seq === "string") return { ok: false, refusal: refusal(seq, refOf(frame)) };
  return { ok: true, draft: draftOf(frame, from, at, seq) };
}

/** Where the message that a frame speaks of stands, or why it cannot be spoken of. */
async function findTarget(
  frame: EntryRequest,
  id: string,
  from: Member,
  find: Find,
): Promise<number | "unknown_target" | "not_author"> {
  const isOwn = definitionOf(frame).target?.of === "own";
  const found = await find(isOwn ? { id, author: from.id } : { id });
  if (found) return found.payload.seq;
  return isOwn && (await find({ id })) ? "not_author" : "unknown_target";
}

function targetSeqOf({ type, payload }: EntryFrame): number {
  const { target } = definitionOfKind(type);
  const fields: Readonly<Record<string, unknown>> = payload;
  const seq = target && fields[target.seqField];
  return typeof seq === "number" ? seq : 0;
}

function textIn(payload: Readonly<Record<string, unknown>>, field: string): string | undefined {
  const text = payload[field];
  return typeof text === "string" ? text : undefined;
}
