import type { Framing } from "../../delivery/encoded-frames.ts";

/** Makes server-sent events of frames, for a log of one epoch. */
export type EventFraming = Framing;

/** The framings in use, so that all streams of a room are sent the same bytes. */
const framings = new Map<string, WeakRef<EventFraming>>();

const forgotten = new FinalizationRegistry<string>((epoch) => {
  if (!framings.get(epoch)?.deref()) framings.delete(epoch);
});

/** The framing for the entries of a log. */
export function framingFor(epoch: string): EventFraming {
  const known = framings.get(epoch)?.deref();
  if (known) return known;
  const framing: EventFraming = (texts) =>
    Buffer.from(texts.map((text) => eventOf(text, epoch)).join(""));
  framings.set(epoch, new WeakRef(framing));
  forgotten.register(framing, epoch);
  return framing;
}

/** Where a stream got to: the log, the place in it, and the entry that stands there. */
export interface EventId {
  readonly epoch: string;
  readonly seq: number;
  readonly id?: string;
}

/** Reads the `id` of an event, `EPOCH.SEQ.ID`; undefined for any other text. */
export function parseEventId(text: string): EventId | undefined {
  const [, epoch, digits, id] =
    /^([\w-]{1,64})\.(\d{1,15})(?:\.([\w.:-]{1,64}))?$/.exec(text) ?? [];
  if (epoch === undefined || digits === undefined) return undefined;
  return { epoch, seq: Number(digits), ...(id === undefined ? {} : { id }) };
}

interface Numbered {
  readonly type: string;
  readonly payload: {
    readonly seq?: number;
    readonly id?: string;
    readonly entries?: readonly Numbered[];
  };
}

/**
 * A frame as an event: its JSON text as data. If it takes the reader to a place in the log, that
 * place is its `id`: an entry's own, or the last one that `joined` shows.
 */
function eventOf(text: string, epoch: string): string {
  const { type, payload } = JSON.parse(text) as Numbered;
  const { seq, id } = payload.entries ? (payload.entries.at(-1)?.payload ?? {}) : payload;
  // The place of a ring is one in the member's bell.
  const place = seq === undefined || type === "rang" ? "" : `id: ${epoch}.${seq}.${id}\n`;
  return `${place}data: ${text}\n\n`;
}
