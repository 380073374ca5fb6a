import { definitionOf, definitionOfKind, type EntryRequest, type LogEntry } from "@parley/protocol";

/** An author's request as one text: two are equal if they ask for the same. */
export function bodyOf(frame: EntryRequest): string {
  const { kind, content } = definitionOf(frame);
  return bodyWith(kind, content, frame.payload);
}

/** The request that became this entry, as one text. */
export function bodyOfEntry(entry: LogEntry): string {
  if (entry.type === "unknown") return JSON.stringify([entry.type, entry.payload.frame]);
  return bodyWith(entry.type, definitionOfKind(entry.type).content, entry.payload);
}

function bodyWith(kind: string, content: readonly string[], payload: object): string {
  const fields: Readonly<Record<string, unknown>> = { ...payload };
  return JSON.stringify([kind, ...content.map((field) => fields[field] ?? null)]);
}

/** The whole entry as one text, the same for any order of its fields. */
export function contentOf(entry: LogEntry): string {
  return JSON.stringify(sorted(entry));
}

/** Names an entry by its author and its id (SPEC D2). */
export function nameOf({ payload }: LogEntry): string {
  return `${payload.from.id} ${payload.id}`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, field]) => [key, sorted(field)]));
}
