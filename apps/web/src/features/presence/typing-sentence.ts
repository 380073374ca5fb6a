import type { Member } from "@parley/protocol";

/** "Ada is typing" in parts, so that the names keep to themselves. */
export interface TypingSentence {
  readonly named: readonly Member[];
  readonly rest: string;
}

/** One name, two names, or several people; nothing where nobody types. */
export function typingSentence(typing: readonly Member[]): TypingSentence | undefined {
  switch (typing.length) {
    case 0:
      return undefined;
    case 1:
      return { named: typing, rest: " is typing" };
    case 2:
      return { named: typing, rest: " are typing" };
    default:
      return { named: [], rest: "Several people are typing" };
  }
}
