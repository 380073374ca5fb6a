import type { Member } from "@parley/protocol";
import { keyOf } from "../../room/names.ts";
import type { RoomState } from "../../room/store.ts";
import { useRoom } from "../../room/use-room.ts";
import { useAway } from "../connection/away.ts";

/** What is known of the other member of a conversation. */
export interface PartnerNow {
  /** With their present name. */
  readonly member: Member;
  /** Undefined while the room is not connected, because nobody knows then. */
  readonly isHere: boolean | undefined;
  /**
   * Somebody else of this name who is here, while the partner is not: perhaps the same person on
   * another device or without the token of this one.
   */
  readonly namesake: Member | undefined;
}

/** @param partner the member as they were known when the conversation was opened */
export function partnerNow(
  { people, lastNames }: Pick<RoomState, "people" | "lastNames">,
  partner: Member,
): PartnerNow {
  const here = people?.members.find(({ id }) => id === partner.id);
  const member = here ?? { ...partner, name: lastNames.get(partner.id) ?? partner.name };
  const key = keyOf(member.name);
  const namesake = here
    ? undefined
    : people?.members.find(
        ({ id, name, hook }) => id !== people.self.id && !hook && keyOf(name) === key,
      );
  return { member, isHere: here !== undefined, namesake };
}

/** The same for a component on the room's screen. */
export function usePartnerNow(partner: Member): PartnerNow {
  const people = useRoom((state) => state.people);
  const lastNames = useRoom((state) => state.lastNames);
  const now = partnerNow({ people, lastNames }, partner);
  return useAway() ? { ...now, isHere: undefined, namesake: undefined } : now;
}
