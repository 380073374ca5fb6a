import { unreachable, type DownPayload, type Member } from "@parley/protocol";

/** The members of the room, as far as the server listed them. */
export interface RoomMembers {
  readonly self: Member;
  /** Perhaps only some of them; `count` is complete. */
  readonly members: readonly Member[];
  /** The number of members, oneself included (SPEC P1). */
  readonly count: number;
}

/** How a member changed: the type of the frame that reports it. */
export type MemberChange = "entered" | "left" | "renamed";

/** A member joined, left or changed their name. */
export function changeMembers(
  { self, members }: RoomMembers,
  how: MemberChange,
  { member, count }: DownPayload<MemberChange>,
): RoomMembers {
  const isOwnName = how === "renamed" && member.id === self.id;
  return { self: isOwnName ? member : self, members: changed(members, how, member), count };
}

function changed(members: readonly Member[], how: MemberChange, member: Member): readonly Member[] {
  const isListed = members.some(({ id }) => id === member.id);
  switch (how) {
    case "left":
      return members.filter(({ id }) => id !== member.id);
    case "renamed":
    case "entered":
      // A listed member keeps the place; one who is not listed is added.
      return isListed
        ? members.map((listed) => (listed.id === member.id ? member : listed))
        : [...members, member];
    default:
      return unreachable(how);
  }
}
