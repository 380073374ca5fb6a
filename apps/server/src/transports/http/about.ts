import { PROTOCOL_VERSION } from "@parley/protocol";
import type { Retention } from "../../log/retention.ts";

/** What anybody may know of a server before joining a room; the body of /about.json. */
export interface About {
  /** For how many days entries are kept; null: for good. */
  readonly retentionDays: number | null;
  /** How many of a room's entries are kept, the last ones; null: all of them. */
  readonly historyLimit: number | null;
  readonly protocolVersion: string;
}

const A_DAY_MS = 86_400_000;

/** Says of a server what anybody may know. */
export function aboutServer({ ageMs, entries }: Retention): About {
  return {
    retentionDays: Number.isFinite(ageMs) ? ageMs / A_DAY_MS : null,
    historyLimit: Number.isFinite(entries) ? entries : null,
    protocolVersion: PROTOCOL_VERSION,
  };
}
