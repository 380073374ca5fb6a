import { json, stored, type TextStore } from "./stored.ts";

/** Members of a room whose looks are stored. */
const STORED_MAX = 64;

type Entries = readonly (readonly [id: string, face: number])[];

/** The looks of a room's members, by id: they stay over a reload. */
export function storedFaces(roomId: string, texts?: TextStore) {
  const entries = stored<Entries, Entries>(`parley.faces.${roomId}`, json(readEntries), [], texts);
  return {
    read: (): ReadonlyMap<string, number> => new Map(entries.read()),
    write: (faces: ReadonlyMap<string, number>) => entries.write([...faces].slice(0, STORED_MAX)),
  };
}

function readEntries(value: unknown): Entries | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: unknown) => {
    const [id, face] = Array.isArray(entry) ? (entry as unknown[]) : [];
    return typeof id === "string" && Number.isSafeInteger(face) && Number(face) >= 0
      ? [[id, Number(face)] as const]
      : [];
  });
}
