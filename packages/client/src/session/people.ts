import { unreachable, type DownPayload, type Member } from "@parley/protocol";

/** Who is here, as far as it was told. */
export interface People {
  readonly self: Member;
  /** Perhaps only some of them; `count` is right. */
  readonly members: readonly Member[];
  /** People, oneself included (SPEC P1). */
  readonly count: number;
}

/** How somebody moved: the type of the frame that tells of it. */
export type Move = "entered" | "left" | "renamed";

/** Takes in that somebody came, went or took another name. */
export function moved(people: People, how: Move, payload: DownPayload<Move>): People {
  const { member, count } = payload;
  const self = how === "renamed" && member.id === people.self.id ? member : people.self;
  return { self, members: place(people.members, how, member), count };
}

function place(members: readonly Member[], how: Move, member: Member): readonly Member[] {
  const isListed = members.some(({ id }) => id === member.id);
  switch (how) {
    case "left":
      return members.filter(({ id }) => id !== member.id);
    case "renamed":
    case "entered":
      // Whoever is listed keeps the place; news of one who is not listed lists them.
      return isListed
        ? members.map((listed) => (listed.id === member.id ? member : listed))
        : [...members, member];
    default:
      return unreachable(how);
  }
}
