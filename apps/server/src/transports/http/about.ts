import { PROTOCOL_VERSION } from "@parley/protocol";
import type { Retention } from "../../log/retention.ts";

/** What anybody may know of a server before joining a room; the body of /about.json. */
export interface About {
  /** For how many days entries are kept; null: for good. */
  readonly retentionDays: number | null;
  /** How many of a room's entries are kept, the last ones; null: all of them. */
  readonly historyLimit: number | null;
  /** The files that it takes; null: none. */
  readonly files: { readonly maxBytes: number } | null;
  readonly protocolVersion: string;
}

const A_DAY_MS = 86_400_000;

/**
 * Says of a server what anybody may know.
 * @param files undefined if it takes none
 */
export function aboutServer(
  { ageMs, entries }: Retention,
  files: { readonly maxBytes: number } | undefined,
): About {
  return {
    retentionDays: Number.isFinite(ageMs) ? ageMs / A_DAY_MS : null,
    historyLimit: Number.isFinite(entries) ? entries : null,
    files: files ? { maxBytes: files.maxBytes } : null,
    protocolVersion: PROTOCOL_VERSION,
  };
}
