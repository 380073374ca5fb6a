import {
  refOf,
  refusal,
  unreachable,
  type EntryFrame,
  type EntryRequest,
  type Member,
  type Refusal,
} from "@parley/protocol";
import { FilesUnavailable } from "../files/file-store.ts";
import { FileRefused } from "../files/files.ts";
import { LogUnavailable, StorageFull, type Appended, type RoomLog } from "../log/log.ts";
import { decide } from "./decide.ts";
import { lookUp } from "./look-up.ts";

const FILES_UNAVAILABLE = "Files cannot be stored or read now. Try again.";

/** What became of a request: its entry, new or from before, or why it was refused. */
export type Submitted =
  | { readonly is: "new" | "repeat"; readonly entry: EntryFrame }
  | { readonly is: "refused"; readonly refusal: Refusal };

/**
 * Adds what a request asks for to a room's log (SPEC D1 to D3), for somebody who need not be there.
 * @param at when it came, in ms since 1970
 */
export async function submit(
  log: RoomLog,
  roomId: string,
  request: EntryRequest,
  from: Member,
  at: number,
): Promise<Submitted> {
  const ref = refOf(request);
  try {
    const known = await lookUp(request, from, log.find.bind(log, roomId));
    const decision = decide(from, { request, at, known });
    if (!decision.ok) return { is: "refused", refusal: decision.refusal };
    const appended = await log.append(roomId, decision.draft);
    if (appended.is === "new" || appended.is === "repeat") return appended;
    return { is: "refused", refusal: refusalOfAppend(appended, ref) };
  } catch (error) {
    return { is: "refused", refusal: refusalOf(error, ref) };
  }
}

/** Why the log added nothing. */
export function refusalOfAppend(
  appended: Exclude<Appended, { is: "new" | "repeat" }>,
  ref: string | undefined,
): Refusal {
  switch (appended.is) {
    case "conflict":
      return refusal("id_conflict", ref);
    case "stale": {
      const { present } = appended;
      return { ...refusal("stale", ref), ...(present ? { setting: present } : {}) };
    }
    case "unknown_target":
    case "too_many_settings":
      return refusal(appended.is, ref);
    default:
      return unreachable(appended);
  }
}

/**
 * A log or a store of files that is unavailable is a temporary refusal, and files may be refused. Any other error is a bug
 * and is thrown on.
 */
export function refusalOf(error: unknown, ref?: string): Refusal {
  if (error instanceof FileRefused) return named(error.refusal, ref);
  if (error instanceof FilesUnavailable) return refusal("unavailable", ref, FILES_UNAVAILABLE);
  if (error instanceof StorageFull) return refusal("storage_full", ref);
  if (error instanceof LogUnavailable) return refusal("unavailable", ref);
  throw error;
}

function named(refusal: Refusal, ref: string | undefined): Refusal {
  return ref === undefined ? refusal : { ...refusal, ref };
}
