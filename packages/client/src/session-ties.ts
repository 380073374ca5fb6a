import type { Cancel } from "./clock.ts";
import type { RoomOutbox } from "./outbox-waits.ts";
import type { SenderTurn } from "./sender-turn.ts";
import type { Input } from "./session/input.ts";
import type { WakeUps } from "./wake-ups.ts";

/** What a session is tied to. */
export interface TieEnds {
  readonly roomId: string;
  readonly outbox: RoomOutbox;
  readonly wakeUps: WakeUps;
  readonly senderTurn: SenderTurn;
}

/** What binds a session that is not over to its page and to the other tabs of the browser. */
export interface Ties {
  /** Asks for the turn to send. */
  press(): void;
  /** From now on the page and the other tabs are on their own. */
  end: Cancel;
}

/**
 * Ties a session: it hears when to look at the connection, what other tabs wrote, and whose turn
 * it is to send; and it reads what is in the outbox now.
 */
export function tie(ends: TieEnds, dispatch: (input: Input) => void): Ties {
  const { roomId, outbox, wakeUps, senderTurn } = ends;
  const load = () => outbox.load((kept) => dispatch({ type: "loaded", kept }));
  const stopWaking = wakeUps(() => dispatch({ type: "wake" }));
  const stopWatching = outbox.watch(load);
  const claim = senderTurn(roomId, {
    ours: () => dispatch({ type: "turn", whose: "ours" }),
    theirs: () => dispatch({ type: "turn", whose: "theirs" }),
  });
  load();
  return {
    press: () => claim.press(),
    end() {
      stopWaking();
      stopWatching();
      claim.end();
    },
  };
}
