import type { Member } from "@parley/protocol";
import { memo, type ReactNode } from "react";
import { clockTime, fullTime } from "../../room/day.ts";
import type { Message } from "../../room/message.ts";
import { useRoom } from "../../room/room-context.ts";
import { classNames } from "../../ui/class-names.ts";
import { Avatar, personStyle } from "../people/avatar.tsx";
import { PersonName } from "../people/person-name.tsx";
import { isEmojiOnly } from "./emoji-only.ts";
import { MessageText } from "./message-text.tsx";
import { Reactions } from "./reactions.tsx";

/** A message of the log. */
export const MessageRow = memo(function MessageRow({
  message,
  opens,
}: {
  message: Message;
  opens: boolean;
}) {
  const mine = useRoom(({ people }) => people?.self.id === message.from.id);
  const { body, from, at } = message;
  return (
    <SpeechRow from={from} at={at} mine={mine} opens={opens}>
      {body.is === "deleted" ? (
        <p className="rounded-bubble px-3.5 py-2 text-ink-faint italic ring-1 ring-line ring-inset">
          Message deleted
        </p>
      ) : (
        <Speech text={body.text} mine={mine} opens={opens} edited={body.editedAt} />
      )}
      <Reactions reactions={message.reactions} />
    </SpeechRow>
  );
});

/** What is said, in its bubble; a few emoji stand large and free. */
export function Speech({
  text,
  mine,
  opens,
  edited,
}: {
  text: string;
  mine: boolean;
  opens: boolean;
  /** When it was last changed, in ms since 1970. */
  edited?: number | undefined;
}) {
  const mark = edited !== undefined && (
    <span className="text-xs text-ink-faint" title={fullTime(edited)}>
      edited
    </span>
  );
  if (isEmojiOnly(text)) {
    return (
      <div className="py-1 text-[2.5rem] leading-tight">
        <MessageText text={text} />
        {mark}
      </div>
    );
  }
  return (
    <div
      className={classNames(
        "max-w-full overflow-clip rounded-bubble px-3.5 py-2 shadow-low",
        mine ? "bg-mine" : "bg-theirs",
        opens && (mine ? "rounded-tr-tip" : "rounded-tl-tip"),
      )}
    >
      <MessageText text={text} />
      {mark}
    </div>
  );
}

/** One's own words stand at the right, those of others at the left beside their avatar. */
export function SpeechRow({
  from,
  at,
  mine,
  opens,
  children,
}: {
  from: Member | undefined;
  at: number;
  mine: boolean;
  opens: boolean;
  children: ReactNode;
}) {
  const time = (
    <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>
      {clockTime(at)}
    </time>
  );
  return (
    <article
      className={classNames("group/row flex gap-2.5", opens ? "pt-3 pb-0.5" : "pt-px pb-0.5")}
    >
      {!mine && <div className="w-9 shrink-0">{opens && from && <Avatar member={from} />}</div>}
      <div
        className={classNames(
          "flex min-w-0 grow flex-col",
          mine ? "items-end pl-[12%]" : "items-start pr-[8%]",
        )}
      >
        {opens && (
          <header className="mb-1 flex max-w-full items-baseline gap-2 px-0.5 text-xs text-ink-faint">
            {mine ? (
              <span className="sr-only">You</span>
            ) : (
              from && (
                <span
                  style={personStyle(from.id)}
                  className="person min-w-0 truncate text-sm font-semibold text-person"
                >
                  <PersonName member={from} />
                </span>
              )
            )}
            {time}
          </header>
        )}
        <div
          className={classNames(
            "flex max-w-full min-w-0 items-center gap-2",
            mine && "flex-row-reverse",
          )}
        >
          <div className={classNames("flex min-w-0 flex-col", mine ? "items-end" : "items-start")}>
            {children}
          </div>
          {!opens && (
            <span className="shrink-0 text-xs text-ink-faint opacity-0 transition-opacity group-hover/row:opacity-100">
              {time}
            </span>
          )}
        </div>
      </div>
    </article>
  );
}
