import type { Member } from "@parley/protocol";
import { Fragment } from "react";
import { useRoom } from "../../room/use-room.ts";
import { MemberName } from "./member.tsx";

/** The names of those who are typing. */
export function TypingNames() {
  const typing = useRoom((state) => state.typing);
  const sentence = typingSentence(typing);
  return (
    sentence && (
      <>
        <span aria-hidden="true" className="flex gap-0.75">
          {["", "[animation-delay:150ms]", "[animation-delay:300ms]"].map((delay) => (
            <span
              key={delay}
              className={`size-1.5 animate-dot rounded-full bg-ink-faint ${delay}`}
            />
          ))}
        </span>
        <p className="flex min-w-0 whitespace-pre">
          {sentence.named.map((member, i) => (
            <Fragment key={member.id}>
              {i > 0 && " and "}
              <span className="min-w-0 truncate">
                <MemberName member={member} className="font-semibold" />
              </span>
            </Fragment>
          ))}
          <span className="shrink-0">{sentence.rest}</span>
        </p>
      </>
    )
  );
}

/** "Ada is typing" in parts, so that each name is isolated. */
interface TypingSentence {
  readonly named: readonly Member[];
  readonly rest: string;
}

/** One name, two names, or several people; undefined if nobody types. */
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
