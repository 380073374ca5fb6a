import { IconX } from "@tabler/icons-react";
import type { Answered } from "../../room/view.ts";
import { IconButton } from "../../ui/icon-button.tsx";
import { personStyle } from "../presence/avatar.tsx";
import { PersonName } from "../presence/person-name.tsx";
import { firstLine } from "../formatting/first-line.ts";

/** Above the box: the message that is being answered, and the way to answer none. */
export function ReplyChip({
  to: { from, text },
  onCancel,
}: {
  to: Answered;
  onCancel: () => void;
}) {
  return (
    <div
      style={personStyle(from.id)}
      className="person mb-1.5 flex animate-appear items-center gap-2 rounded-md border-l-3 border-person bg-sunken py-1 pr-1 pl-3 text-sm"
    >
      <p className="min-w-0 grow truncate text-ink-soft">
        Replying to{" "}
        <span className="font-semibold text-person">
          <PersonName member={from} />
        </span>
        <span className="ml-2 text-ink-faint">
          <bdi>{firstLine(text)}</bdi>
        </span>
      </p>
      <IconButton label="Cancel reply" className="size-8!" onClick={onCancel}>
        <IconX aria-hidden="true" size={16} stroke={1.8} />
      </IconButton>
    </div>
  );
}
