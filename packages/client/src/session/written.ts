import { unreachable, type Refusal } from "@parley/protocol";
import type { Outgoing, OutgoingFrame } from "../events.ts";
import type { Stored } from "../outbox.ts";

/** Something that was written, from the outbox to the log. */
export interface Written {
  readonly id: string;
  readonly frame: OutgoingFrame;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly state:
    /** On its way into the outbox: not to be sent before it is there (SPEC D5). */
    | { readonly is: "storing" }
    /**
     * `perhapsSent`: the server may have it already, so that its text stands (SPEC D3). `refusal`:
     * why the last try was refused for now.
     */
    | { readonly is: "queued"; readonly perhapsSent: boolean; readonly refusal?: Refusal }
    | { readonly is: "sending"; readonly answerBy: number; readonly refusal?: Refusal }
    /** In the log at this `seq`, which is not shown yet. */
    | { readonly is: "landed"; readonly seq: number }
    | { readonly is: "failed"; readonly refusal: Refusal };
}

/** Everything that is not settled, in the order in which it was written. */
export type Writings = readonly Written[];

/** Replaces the state of one; an unknown id changes nothing. */
export function withState(writings: Writings, id: string, state: Written["state"]): Writings {
  return writings.map((written) => (written.id === id ? { ...written, state } : written));
}

/** What the outbox keeps of it. */
export function storedOf({ id, frame, at, state }: Written): Stored {
  return { id, frame, at, ...(state.is === "failed" ? { refusal: state.refusal } : {}) };
}

/**
 * Brings in what the outbox holds: what an earlier page or another tab wrote, in its place, and
 * what became of the rest. What it does not hold any more is acknowledged or discarded.
 */
export function withKept(writings: Writings, kept: readonly Stored[]): Writings {
  const known = new Set(writings.map(({ id }) => id));
  const byId = new Map(kept.map((stored) => [stored.id, stored]));
  const others = otherWritings(kept, known);
  const ours = writings.filter(
    ({ id, state }) => byId.has(id) || state.is === "storing" || state.is === "landed",
  );
  const merged = [
    ...(others.get(undefined) ?? []),
    ...ours.flatMap((written) => [
      updated(written, byId.get(written.id)),
      ...(others.get(written.id) ?? []),
    ]),
  ];
  const isSame =
    merged.length === writings.length && merged.every((one, place) => one === writings[place]);
  return isSame ? writings : merged;
}

/** What is not known yet, by the id of the last known one that stands before it in the outbox. */
function otherWritings(
  kept: readonly Stored[],
  known: ReadonlySet<string>,
): ReadonlyMap<string | undefined, readonly Written[]> {
  const others = new Map<string | undefined, Written[]>();
  let before: string | undefined;
  for (const stored of kept) {
    if (known.has(stored.id)) before = stored.id;
    else others.set(before, [...(others.get(before) ?? []), fromStored(stored)]);
  }
  return others;
}

/** Takes in what another tab did to one that waits: retried, refused, or given another text. */
function updated(written: Written, stored: Stored | undefined): Written {
  const { is } = written.state;
  if (!stored || (is !== "queued" && is !== "failed")) return written;
  const isSame = JSON.stringify(storedOf(written)) === JSON.stringify(stored);
  return isSame ? written : fromStored(stored);
}

/** Whether it was ever sent, and by which tab, is not known. */
function fromStored({ id, frame, at, refusal }: Stored): Written {
  const queued = { is: "queued", perhapsSent: true } as const;
  return { id, frame, at, state: refusal ? { is: "failed", refusal } : queued };
}

/**
 * Gives a chat another text under its id, which only one that the server certainly does not have
 * may take: never sent, or refused. It has to be stored anew.
 * @returns undefined where it may not
 */
export function amended(written: Written, message: string): Written | undefined {
  const { frame, state } = written;
  if (frame.type !== "chat") return undefined;
  const isOpen = state.is === "storing" || state.is === "failed";
  if (!isOpen && !(state.is === "queued" && !state.perhapsSent)) return undefined;
  const payload = { ...frame.payload, message };
  return { ...written, frame: { ...frame, payload }, state: { is: "storing" } };
}

/** All of it as the reader is told. */
export function outgoingOf(writings: Writings): readonly Outgoing[] {
  return writings.map(({ id, frame, at, state }) => ({ id, frame, at, state: told(state) }));
}

function told(state: Written["state"]): Outgoing["state"] {
  switch (state.is) {
    case "storing":
      return { is: "queued" };
    case "queued":
      return { is: "queued", ...refusalOf(state) };
    case "sending":
      return { is: "sending", ...refusalOf(state) };
    // What landed behind a hole is still to be seen by its author.
    case "landed":
      return { is: "sending" };
    case "failed":
      return state;
    default:
      return unreachable(state);
  }
}

/** Why the last try was refused, where it was. */
export function refusalOf(state: Written["state"] | undefined): { readonly refusal?: Refusal } {
  return state && "refusal" in state ? { refusal: state.refusal } : {};
}
