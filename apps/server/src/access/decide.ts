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
import type { Draft } from "../log/log.ts";

/** What the log knows about the message that a request refers to; empty if it refers to none. */
export interface Known {
  /** The entry of the same author and `id`: the request came before. */
  readonly earlier?: EntryFrame | undefined;
  /** The target: the actor's own message if the kind demands that, otherwise the first with this id. */
  readonly target?: EntryFrame | undefined;
}

/** What a member asks to add to a room's log, and what the decision depends on. */
export interface Command {
  readonly request: EntryRequest;
  /** When it came, in ms since 1970. */
  readonly at: number;
  /** From `lookUp`. */
  readonly known: Known;
}

export type Decision =
  | { readonly ok: true; readonly draft: Draft }
  | { readonly ok: false; readonly refusal: Refusal };

/**
 * Says who may add what to a room's log, for every kind of entry, by the kind's definition: the
 * message that a request speaks of has to be there, and its author's if the kind says so.
 *
 * What holds only at the moment of writing is the log's to judge, in the step that writes: an `id`
 * that was used before, the `expect` of a setting, the message of a pin, the number of settings.
 */
export function decide(actor: Member, { request, at, known }: Command): Decision {
  const { target } = definitionOf(request);
  if (!target || targetOf(request) === undefined) return accept(actor, request, at);
  // What came before is the log's to judge, also if its target is gone (SPEC D2, D3).
  if (known.earlier) return accept(actor, request, at, targetSeqOf(known.earlier));
  const message = known.target?.payload;
  const isMeant = !target.kinds || target.kinds.includes(known.target?.type ?? "");
  if (!message || !isMeant) return refuse(request, "unknown_target");
  if (target.of === "own" && message.from.id !== actor.id) return refuse(request, "not_author");
  return accept(actor, request, at, message.seq);
}

/** The `id` of the message that a request speaks of; without one, nothing has to be looked up. */
export function targetOf(request: EntryRequest): string | undefined {
  const { target } = definitionOf(request);
  const fields: Readonly<Record<string, unknown>> = request.payload;
  const id = target && fields[target.field];
  return typeof id === "string" ? id : undefined;
}

/**
 * What a request adds to the log: its content, and who said it when.
 * @param targetSeq the `seq` of the message that it speaks of, if it speaks of one
 */
function accept(from: Member, request: EntryRequest, at: number, targetSeq?: number): Decision {
  const { kind, content, target, condition } = definitionOf(request);
  const fields: Readonly<Record<string, unknown>> = request.payload;
  const payload: Record<string, unknown> = {};
  for (const field of content) if (fields[field] !== undefined) payload[field] = fields[field];
  if (target && targetSeq !== undefined) payload[target.seqField] = targetSeq;
  payload["id"] = request.payload.id ?? generateEntryId();
  payload["at"] = at;
  payload["from"] = from;
  const expect = condition && fields[condition];
  const draft = expect === undefined ? { type: kind, payload } : { type: kind, payload, expect };
  return { ok: true, draft: draft as unknown as Draft };
}

function refuse(request: EntryRequest, code: "unknown_target" | "not_author"): Decision {
  return { ok: false, refusal: refusal(code, refOf(request)) };
}

function targetSeqOf({ type, payload }: EntryFrame): number {
  const { target } = definitionOfKind(type);
  const fields: Readonly<Record<string, unknown>> = payload;
  const seq = target && fields[target.seqField];
  return typeof seq === "number" ? seq : 0;
}
