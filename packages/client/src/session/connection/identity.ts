import { cleanName, type Refusal, type Since, type UpFrame } from "@parley/protocol";
import { tell } from "../machine/effect.ts";
import { step, type Step } from "../machine/step.ts";

/** The `ref` of the join. A connection sends one join. */
export const JOIN_REF = "join";

/** Who joins: name and token. */
export interface Identity {
  readonly name: string | undefined;
  /** A name that was requested under this `ref` and is not confirmed yet. */
  readonly newName: { readonly name: string; readonly ref: string } | undefined;
  readonly token: string | undefined;
}

/** The first frame of every connection. If something was shown, it says up to where (SPEC R1). */
export function joinFrame(roomId: string, identity: Identity, since: Since | undefined): UpFrame {
  const name = identity.newName?.name ?? identity.name;
  const { token } = identity;
  return {
    type: "join",
    payload: {
      ref: JOIN_REF,
      roomId,
      ...(name === undefined ? {} : { name }),
      ...(token === undefined ? {} : { token }),
      ...(since === undefined ? {} : { since }),
    },
  };
}

/**
 * Asks for another name in the room; outside a room, the next join asks for it.
 * @param current the member's name in the room; undefined outside one
 */
export function rename(
  identity: Identity,
  { name, ref }: { readonly name: string; readonly ref: string },
  current: string | undefined,
): Step<Identity> {
  const next = { ...identity, newName: { name, ref } };
  if (current === undefined) return step(next);
  if (identity.newName === undefined && name === current) return step(identity);
  return step(next, { do: "send", frame: { type: "rename", payload: { ref, name } } });
}

/**
 * The room is joined under this name. A name that was requested after the join was sent is
 * requested in the room.
 */
export function joinedAs(identity: Identity, name: string, token: string): Step<Identity> {
  const { newName } = identity;
  if (newName === undefined || newName.name === name || identity.name !== name) {
    return step({ ...identity, name, newName: undefined, token });
  }
  return step({ ...identity, token }, { do: "send", frame: { type: "rename", payload: newName } });
}

/** The room confirmed this name. Another one that was requested since is still unanswered. */
export function renamed(identity: Identity, name: string): Identity {
  const { newName } = identity;
  const isLast = newName && cleanName(newName.name) === name;
  return { ...identity, name, newName: isLast ? undefined : newName };
}

/** The room refused the new name. */
export function renameRefused(identity: Identity, refusal: Refusal): Step<Identity> {
  return step({ ...identity, newName: undefined }, tell({ type: "refused", refusal }));
}
