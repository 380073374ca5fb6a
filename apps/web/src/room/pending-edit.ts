import type { Outgoing } from "@parley/client";

/** An edit that was written and is not acknowledged yet. */
export interface PendingEdit {
  readonly outgoing: Outgoing;
  readonly text: string;
}

/** The last edit of a message that still waits: what the message will say once it arrives. */
export function pendingEditOf(
  outgoing: readonly Outgoing[],
  target: string,
): PendingEdit | undefined {
  const edit = outgoing.findLast(
    ({ frame }) => frame.type === "edit" && frame.payload.target === target,
  );
  return edit?.frame.type === "edit"
    ? { outgoing: edit, text: edit.frame.payload.message }
    : undefined;
}

/** The ids of the edits of a message that the server has refused. */
export function failedEditsOf(outgoing: readonly Outgoing[], target: string): readonly string[] {
  return outgoing
    .filter(
      ({ frame, state }) =>
        frame.type === "edit" && frame.payload.target === target && state.is === "failed",
    )
    .map(({ id }) => id);
}
