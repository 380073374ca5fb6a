import { opening, type Connection } from "./connection.ts";
import type { Effect } from "./effect.ts";
import type { LogCursor } from "./log-cursor.ts";
import { notTyping, type OwnTyping } from "./own-typing.ts";
import { noPages, type Pages } from "./pages.ts";
import type { People } from "./people.ts";
import { emptySender, type Sender } from "./sender.ts";
import { nobody, type Typists } from "./typists.ts";

/** What was shown of the room's log. */
export type Log =
  /** What an earlier visit has seen is being read; the join waits for it. */
  | { readonly is: "recalling" }
  | { readonly is: "unread" }
  /** What an earlier visit has seen is shown; the room has not said whether it goes on from there. */
  | { readonly is: "recalled"; readonly cursor: LogCursor }
  | {
      readonly is: "shown";
      readonly cursor: LogCursor;
      readonly behind: Behind | undefined;
    }
  /** What was shown is not what happened; the next window says so (SPEC R5). */
  | { readonly is: "distrusted" };

/** Back after a drop, and not yet shown all that came meanwhile. */
export interface Behind {
  /** The last `seq` of it. */
  readonly head: number;
  /** Messages of it that were shown by now. */
  readonly messages: number;
}

/** As whom one joins. */
export interface Identity {
  readonly name: string | undefined;
  /** A name that was asked for, under this `ref`, and not given yet. */
  readonly newName: { readonly name: string; readonly ref: string } | undefined;
  readonly token: string | undefined;
}

/** A client's talk with one room, over all its sockets. */
export interface Session {
  readonly roomId: string;
  readonly identity: Identity;
  readonly connection: Connection;
  readonly log: Log;
  readonly sender: Sender;
  readonly pages: Pages;
  /** Undefined until the first `joined`; before it, perhaps as an earlier visit knew them. */
  readonly people: People | undefined;
  readonly typists: Typists;
  readonly ownTyping: OwnTyping;
  /** The server speaks a newer major version of the protocol (SPEC O6). */
  readonly isOutdated: boolean;
  /** Whether answers name what they answer: a server before 1.2 repeats no `ref`. */
  readonly namesAnswers: boolean;
}

/** A session after something happened, and what is to be done about it, in order. */
export interface Step {
  readonly session: Session;
  readonly effects: readonly Effect[];
}

/**
 * A session whose first socket is being opened.
 * @param log `recalling` where an earlier visit may have left something to show
 */
export function newSession(
  roomId: string,
  identity: Pick<Identity, "name" | "token">,
  log: Extract<Log, { is: "recalling" | "unread" }>,
  now: number,
): Session {
  return {
    roomId,
    identity: { ...identity, newName: undefined },
    connection: opening(now),
    log,
    sender: emptySender,
    pages: noPages,
    people: undefined,
    typists: nobody,
    ownTyping: notTyping,
    isOutdated: false,
    namesAnswers: false,
  };
}

/** A step without effects, or with these. */
export function step(session: Session, ...effects: readonly Effect[]): Step {
  return { session, effects };
}

/** One step after another. */
export function andThen(first: Step, next: (session: Session) => Step): Step {
  const second = next(first.session);
  return { session: second.session, effects: [...first.effects, ...second.effects] };
}
