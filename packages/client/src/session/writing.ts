import type { OutgoingFrame } from "../events.ts";
import type { Stored } from "../outbox.ts";
import type { Kept } from "../outbox-waits.ts";
import { saidSomething } from "./own-typing.ts";
import { acknowledged } from "./reading.ts";
import { takingTurn, type Turn } from "./sender.ts";
import { step, type Session, type Step } from "./state.ts";
import { amended, storedOf, withKept, withState, type Writings, type Written } from "./written.ts";

/** Something is written: into the outbox first (SPEC D5). */
export function write(session: Session, id: string, frame: OutgoingFrame, now: number): Step {
  const written: Written = { id, frame, at: now, state: { is: "storing" } };
  const { ownTyping } = session;
  const next: Session = {
    ...withWritings(session, [...session.sender.writings, written]),
    ownTyping: frame.type === "chat" ? saidSomething(ownTyping) : ownTyping,
  };
  return step(next, { do: "store", stored: storedOf(written) });
}

/** The outbox was read: what an earlier page or another tab wrote is sent, too. */
export function loaded(session: Session, kept: Kept): Step {
  const isLoaded: Session = { ...session, sender: { ...session.sender, isLoaded: true } };
  return takeKept(isLoaded, kept);
}

/** The outbox has it, as far as it ever will: it may leave, after what was there before it. */
export function stored(session: Session, { id, frame }: Stored, kept: Kept): Step {
  const written = find(session, id);
  // A text that was amended meanwhile waits for its own turn.
  if (written?.state.is !== "storing" || written.frame !== frame) return takeKept(session, kept);
  const perhapsSent = session.sender.turn === "theirs";
  return takeKept(setState(session, id, { is: "queued", perhapsSent }), kept);
}

/** It is another tab's turn to send, or ours: then nothing that the others wrote may be missed. */
export function turned(session: Session, whose: Turn): Step {
  const next = { ...session, sender: takingTurn(session.sender, whose) };
  return whose === "ours" && session.sender.isLoaded ? step(next, { do: "load" }) : step(next);
}

function takeKept(session: Session, kept: Kept): Step {
  if (!kept) return step(session);
  const { log } = session;
  const next = withWritings(session, withKept(session.sender.writings, kept));
  // What another tab sent may have been shown here before its tab forgot it.
  return "cursor" in log ? acknowledged(next, log.cursor.recent) : step(next);
}

/** A failed one goes again, under the same id and in its old place. */
export function retry(session: Session, id: string): Step {
  const written = find(session, id);
  if (written?.state.is !== "failed") return step(session);
  const state = { is: "queued", perhapsSent: true } as const;
  return step(setState(session, id, state), {
    do: "store",
    stored: storedOf({ ...written, state }),
  });
}

/** One that is not under way is forgotten. */
export function discard(session: Session, id: string): Step {
  const state = find(session, id)?.state.is;
  if (state === undefined || state === "sending" || state === "landed") return step(session);
  const left = session.sender.writings.filter((written) => written.id !== id);
  return step(withWritings(session, left), { do: "forget", id });
}

/** A chat that the server does not have gets another text under its id (SPEC D3). */
export function amend(session: Session, id: string, message: string): Step {
  const written = find(session, id);
  const next = written && amended(written, message);
  if (!next) return step(session);
  const { writings } = session.sender;
  const changed = writings.map((other) => (other === written ? next : other));
  return step(withWritings(session, changed), { do: "store", stored: storedOf(next) });
}

function find(session: Session, id: string): Written | undefined {
  return session.sender.writings.find((written) => written.id === id);
}

function setState(session: Session, id: string, state: Written["state"]): Session {
  return withWritings(session, withState(session.sender.writings, id, state));
}

function withWritings(session: Session, writings: Writings): Session {
  return { ...session, sender: { ...session.sender, writings } };
}
