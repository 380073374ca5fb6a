import { IconX } from "@tabler/icons-react";
import { isDeleted } from "../../room/pending-changes.ts";
import { useRoom } from "../../room/use-room.ts";
import type { ReplyTarget } from "../../storage/drafts.ts";
import { IconButton } from "../../ui/button.tsx";
import { firstLine } from "../formatting/first-line.ts";
import { MemberName, useMemberStyle } from "../presence/member.tsx";

/** Above the box: the message that is replied to, and a button to cancel the reply. */
export function ReplyChip({
  to: { id, from, text },
  onCancel,
}: {
  to: ReplyTarget;
  onCancel: () => void;
}) {
  const isGone = useRoom((state) => isDeleted(state, id));
  return (
    <div
      style={useMemberStyle(from.id)}
      className="person mb-1.5 flex animate-appear items-center gap-2 rounded-md border-s-3 border-person bg-sunken py-1 pe-1 ps-3 text-sm"
    >
      <p className="min-w-0 grow truncate text-ink-soft">
        Replying to{" "}
        <span className="font-semibold text-person">
          <MemberName member={from} />
        </span>
        <span className="ms-2 text-ink-faint">
          {isGone ? <i>Message deleted</i> : <bdi>{firstLine(text)}</bdi>}
        </span>
      </p>
      <IconButton label="Cancel reply" className="size-8! touch:size-11!" onClick={onCancel}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </div>
  );
}
