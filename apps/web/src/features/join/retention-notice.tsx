import { useEffect, useState } from "react";
import { askServer } from "../../ui/ask-server.ts";

/** Says how long messages are kept, once the server has answered. */
export function RetentionNotice() {
  const [kept, setKept] = useState<Retention>();
  useEffect(() => {
    const ended = new AbortController();
    void askServer("/about.json", ended.signal).then((answer) => setKept(readRetention(answer)));
    return () => ended.abort();
  }, []);
  // As tall as its longest wording, so that nothing below it moves.
  return (
    <p className="min-h-[2lh] max-sm:min-h-[3lh] text-sm text-pretty text-ink-soft">
      {retentionSentence(kept)}
    </p>
  );
}

/** The fields of /about.json that are read here. */
interface Retention {
  /** How many days messages are kept; null: for good. */
  readonly retentionDays: number | null;
  /** How many of a room's last entries are kept; null: all of them. */
  readonly historyLimit: number | null;
}

/**
 * One sentence on how long messages are kept.
 * @param kept undefined until the server answers, or if it does not say
 */
export function retentionSentence(kept: Retention | undefined): string {
  return `Messages stay on this server${howLong(kept)} so that everyone can catch up. Anyone with the code can read them.`;
}

function howLong(kept: Retention | undefined): string {
  if (!kept) return "";
  const { retentionDays: days, historyLimit: last } = kept;
  const time = days === null ? " for good" : ` for ${days === 1 ? "a day" : `${days} days`}`;
  return last === null ? time : `${time}, the last ${last.toLocaleString("en")} of a room,`;
}

/** Reads the server's answer; undefined if it is something else. */
export function readRetention(answer: unknown): Retention | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { retentionDays, historyLimit } = answer as Partial<Record<keyof Retention, unknown>>;
  return isFigure(retentionDays) && isFigure(historyLimit)
    ? { retentionDays, historyLimit }
    : undefined;
}

function isFigure(value: unknown): value is number | null {
  return value === null || typeof value === "number";
}
