import {
  answering,
  JOIN_MESSAGES,
  refusal,
  type InnerDown,
  type Member,
  type Refusal,
  type UpPayload,
} from "@parley/protocol";
import { PAGES_RETRY_MS } from "../limits/limits.ts";
import { readPage } from "../rooms/page.ts";
import type { ApiDeps } from "./deps.ts";

/** Whose frames are handled, in which room. */
export interface Requester {
  readonly roomId: string;
  readonly from: Member;
  readonly address: string;
  readonly isKnown: boolean;
  /** Pages of history that the request may still be answered with. */
  pagesLeft: number;
}

/** A frame that answers in a room as in a conversation. */
type Answer<Type> = Extract<InnerDown, { type: Type }>;

/** Answers with a page of the log of a room or a conversation. */
export async function pageOf(
  logId: string,
  { before, after, limit = JOIN_MESSAGES, ref }: UpPayload<"history">,
  requester: Requester,
  deps: ApiDeps,
): Promise<Answer<"history" | "error">> {
  if (requester.pagesLeft === 0) {
    return refused(deps, { ...refusal("rate_limited", ref), retryAfter: PAGES_RETRY_MS });
  }
  requester.pagesLeft -= 1;
  const from = after === undefined ? (before === undefined ? {} : { before }) : { after };
  const payload = await readPage(deps.log, logId, { ...from, limit }, requester.address);
  return answering({ type: "history", payload } as const, ref);
}

export function refused({ onRefused }: ApiDeps, why: Refusal): Answer<"error"> {
  onRefused(why.code);
  return { type: "error", payload: why };
}
