import type { Member } from "@parley/protocol";
import { tagOf } from "../../room/names.ts";
import { useRoom } from "../../room/room-context.ts";

/** A name that cannot disturb the text around it, with a tag where somebody else has it, too. */
export function PersonName({ member, className }: { member: Member; className?: string }) {
  const tag = useRoom(({ names }) => tagOf(names, member));
  return (
    <>
      <bdi className={className}>{member.name}</bdi>
      {tag !== undefined && (
        <span className="ml-1 font-mono text-xs font-normal text-ink-faint">{tag}</span>
      )}
    </>
  );
}
