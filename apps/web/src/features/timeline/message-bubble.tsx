import type { Member } from "@parley/protocol";
import { IconCheck } from "@tabler/icons-react";
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef } from "react";
import { clockTime, fullTime } from "../../room/day.ts";
import { captionOf, type Said } from "../../room/message.ts";
import { useRoomActions } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { isEmojiOnly } from "../emoji/emoji-only.ts";
import { MessageText } from "../formatting/message-text.tsx";
import { rowAround } from "../messages/row-elements.ts";
import { isLong, LazyFold } from "./lazy-fold.tsx";
import { HookBadge, MemberName, useMemberStyle } from "../presence/member.tsx";

/** What is said of a message within its bubble. */
export interface BubbleLabel {
  /** Of the element that describes the row. */
  readonly id: string;
  /** Above the text, if the message opens a group of another member. */
  readonly author: Member | undefined;
  readonly at: number;
  /** Whether it is in the log, for the user's own: the last one says so. */
  readonly check: "none" | "silent" | "named";
}

/** The text of a message in its bubble; a few emoji are large, without a bubble. */
export function MessageBubble({
  row,
  label,
  said,
  mine,
  opens,
  quote,
  attached,
}: {
  /** See `rowKey`. */
  row: string;
  label: BubbleLabel;
  said: Said;
  mine: boolean;
  opens: boolean;
  /** The message that it replies to. */
  quote?: ReactNode;
  /** Its files. */
  attached?: ReactNode;
}) {
  const { editedAt } = said;
  const text = captionOf(said);
  const large = !attached && isEmojiOnly(text);
  const words = editedAt === undefined ? clockTime(label.at) : `edited ${clockTime(label.at)}`;
  // In text from right to left, the end of the last line is at the other side.
  const isFoldable = isLong(text);
  const isInline = !large && !isFoldable && text !== "" && !RIGHT_TO_LEFT.test(text);
  const written = <MessageText text={text} mine={mine} />;
  const foot = <Foot label={label} editedAt={editedAt} />;
  return (
    <div
      className={classNames(
        "min-w-0",
        // Keeps stacked marks inside the message's own bubble.
        !large && "overflow-clip rounded-bubble px-(--bubble-x) py-(--bubble-y) shadow-low",
        !large && (mine ? "bg-mine" : "bg-theirs"),
        !large && opens && (mine ? "rounded-se-tip" : "rounded-ss-tip"),
      )}
    >
      <AuthorLine author={label.author} />
      <div id={label.id}>
        {quote}
        {attached}
        <div
          {...(isInline && {
            dir: "ltr",
            style: { "--foot": JSON.stringify(words) } as CSSProperties,
          })}
          title={
            editedAt === undefined
              ? fullTime(label.at)
              : `${fullTime(label.at)}, edited ${fullTime(editedAt)}`
          }
          data-checked={label.check === "none" ? undefined : ""}
          className={classNames(
            "said",
            isInline && "said-inline",
            large && "flex items-end gap-2 text-[2.25rem]! leading-tight!",
          )}
        >
          {isFoldable ? (
            <LazyFold row={row} foot={foot}>
              {written}
            </LazyFold>
          ) : (
            <>
              {text !== "" && written}
              {foot}
            </>
          )}
        </div>
      </div>
    </div>
  );
}

const RIGHT_TO_LEFT = /[\u0590-\u08FF\u200F\u202B\u202E\u2067\uFB1D-\uFDFF\uFE70-\uFEFC]/;

/** The trace of a message that its author deleted. */
export function DeletedBubble({ label, children }: { label: BubbleLabel; children?: ReactNode }) {
  return (
    <div className="rounded-bubble px-(--bubble-x) py-(--bubble-y) ring-1 ring-line ring-inset">
      <AuthorLine author={label.author} />
      <div id={label.id} className="said flex flex-wrap items-baseline gap-x-2.5 text-ink-faint">
        <p className="italic">
          Message deleted
          {children}
        </p>
        <Foot label={label} editedAt={undefined} />
      </div>
    </div>
  );
}

function AuthorLine({ author }: { author: Member | undefined }) {
  const style = useMemberStyle(author?.id);
  if (!author) return null;
  return (
    <header style={style} className="person truncate text-sm leading-4 font-semibold text-person">
      {/* Its menu is in features/private/private-panel.tsx. A finger there would miss the text. */}
      <button
        type="button"
        tabIndex={-1}
        data-author=""
        className="rounded-sm decoration-2 aria-expanded:bg-hover aria-expanded:underline touch:pointer-events-none"
      >
        <MemberName member={author} />
      </button>
      <HookBadge member={author} />
    </header>
  );
}

/** The time, that the text was edited, and that the message is in the log. */
function Foot({
  label: { at, check },
  editedAt,
}: {
  label: BubbleLabel;
  editedAt: number | undefined;
}) {
  return (
    <span className="said-foot">
      {editedAt !== undefined && <span>edited</span>}
      <time
        // The name of the row has it.
        aria-hidden="true"
        dir="auto"
        dateTime={new Date(at).toISOString()}
      >
        {clockTime(at)}
      </time>
      {check !== "none" && (
        <IconCheck
          {...(check === "named" ? { role: "img", "aria-label": "Sent" } : { "aria-hidden": true })}
          size={14}
          stroke={2}
          className="shrink-0 self-center print:hidden"
        />
      )}
    </span>
  );
}

/** Restores a message that was just deleted; takes the focus from the control that deleted it. */
export function UndoDeletion({ id }: { id: string }) {
  const { undoDelete } = useRoomActions();
  const button = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    const element = button.current;
    const line = rowAround(element);
    const focused = document.activeElement;
    if (focused === document.body || focused === line) element?.focus({ preventScroll: true });
    return () => {
      // The button goes away, so its message takes the focus.
      if (document.activeElement === element) line?.focus({ preventScroll: true });
    };
  }, []);

  return (
    <button
      ref={button}
      type="button"
      onClick={() => undoDelete(id)}
      className="relative ms-2 rounded-sm px-2 py-0.5 before:absolute before:-inset-1 font-semibold text-link not-italic hover:bg-hover touch:py-2"
    >
      Undo
    </button>
  );
}
