import type { LogEntry, SetFrame } from "@parley/protocol";
import { check } from "./checker.ts";
import { bodyOfEntry } from "./content.ts";
import type { FinalLog, Observation, ObservedWindow } from "./observation.ts";

/** A small run for the checker's tests: two members, three messages, and what each is shown. */

const EPOCH = "epoch-1";

export function chat(seq: number, id: string, author = "anna", message = `said ${id}`): LogEntry {
  const from = { id: author, name: author };
  return { type: "chat", payload: { id, seq, at: 1_000 + seq, from, message } };
}

export const [ONE, TWO, THREE] = [chat(1, "a1"), chat(2, "b1", "ben"), chat(3, "a2")];
export const ALL = [ONE, TWO, THREE];

export function logOf(entries: readonly LogEntry[], first = 1): FinalLog {
  const head = entries.at(-1)?.payload.seq ?? first - 1;
  return { epoch: EPOCH, head, first, entries, told: [] };
}

/** A setting as its entry; `null` removes it. */
export function set(seq: number, key: string, value: unknown): SetFrame {
  const from = { id: "anna", name: "anna" };
  return { type: "set", payload: { id: `s${seq}`, seq, at: 1_000 + seq, from, key, value } };
}

/** The log, with the settings that a server reports. */
export function telling(log: FinalLog, ...settings: readonly SetFrame[]): FinalLog {
  return { ...log, told: [...log.told, { server: "one", epoch: log.epoch, settings }] };
}

export function window(
  client: string,
  why: ObservedWindow["why"],
  entries: readonly LogEntry[],
  more: { epoch?: string; truncatedBefore?: number } = {},
): Observation {
  return { client, is: "window", why, epoch: EPOCH, entries, ...more };
}

export function shown(client: string, ...entries: readonly LogEntry[]): Observation {
  return { client, is: "shown", epoch: EPOCH, entries };
}

/** A client writes what becomes this entry, and gets its acknowledgement. */
export function said(client: string, entry: LogEntry): Observation[] {
  const { id } = entry.payload;
  return [
    { client, is: "met", person: entry.payload.from.id },
    { client, is: "wrote", id, body: bodyOfEntry(entry) },
    { client, is: "acknowledged", epoch: EPOCH, entry },
  ];
}

/** Anna and Ben, each in an empty room, write three messages and see them all. */
export const writing = [...said("Anna", ONE), ...said("Ben", TWO), ...said("Anna", THREE)];
export const annaSees = [window("Anna", "first", []), shown("Anna", ...ALL)];
export const benSees = [window("Ben", "first", []), shown("Ben", ...ALL)];

export function kinds(observations: readonly Observation[], log = logOf(ALL)): string[] {
  return check(observations, log).violations.map(({ kind }) => kind);
}
