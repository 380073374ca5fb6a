/** Is told whose turn it is; not at once, but soon after it claims. */
export interface TurnListener {
  ours(): void;
  /** Another tab took it. */
  theirs(): void;
}

/** A place in the line for the turn. */
export interface TurnClaim {
  /** Something waits here and could leave now: takes the turn, where this tab is the one looked at. */
  press(): void;
  /** Gives up the turn, or the wait for it. Nothing is told any more. */
  end(): void;
}

/**
 * Which of a browser's tabs sends what waits in a room's outbox. It spares sending twice and no
 * more: were two tabs to think that it is theirs, the server would take each id once (SPEC D2), and
 * each of them would keep to the order of the outbox.
 */
export type SenderTurn = (roomId: string, listener: TurnListener) => TurnClaim;

/** It is always our turn: where no other tab is, or where tabs have no way to agree. */
export const everyoneSends: SenderTurn = (_roomId, listener) => {
  let isOver = false;
  void Promise.resolve().then(() => {
    if (!isOver) listener.ours();
  });
  return {
    press: () => undefined,
    end() {
      isOver = true;
    },
  };
};
