import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { classNames } from "../../ui/class-names.ts";
import { HookBadge, MemberName, useMemberStyle } from "../presence/member.tsx";
import { repliedMessage, isEarlier, type ReplyRef } from "../../room/reply.ts";
import { firstLine } from "../formatting/one-line.ts";

/** Above a reply: the author and the beginning of the message that it replies to, linked to it. */
export function ReplyQuote({
  replyTo,
  reachable,
}: {
  replyTo: ReplyRef;
  /** It can be reached with the Tab key. */
  reachable: boolean;
}) {
  const { jumpTo } = useRoomActions();
  const message = useRoom((state) => repliedMessage(state, replyTo));
  const earlier = useRoom((state) => isEarlier(state, replyTo));
  const seq = message?.seq ?? (earlier ? replyTo.seq : undefined);
  const look = classNames(
    "my-1.5 flex max-w-80 min-w-0 flex-col items-start rounded-sm border-s-3 bg-surface py-1 pe-3 ps-2 text-start text-sm",
    message ? "person border-person" : "border-edge",
  );
  const content = (
    <>
      <span className="sr-only">In reply to</span>
      {message && (
        <span className="flex max-w-full items-baseline">
          <span className="min-w-0 truncate font-semibold text-person">
            <MemberName member={message.from} />
          </span>
          <HookBadge member={message.from} />
        </span>
      )}
      <span className="max-w-full truncate text-ink-soft">
        {message?.body.is === "said" && <bdi>{firstLine(message.body.text)}</bdi>}
        {message?.body.is === "deleted" && <i>Message deleted</i>}
        {!message && <i>{earlier ? "An earlier message" : "A message that is no longer kept"}</i>}
      </span>
    </>
  );
  const memberStyle = useMemberStyle(message?.from.id);
  const style = message && memberStyle;
  if (seq === undefined) {
    return (
      <div style={style} className={look}>
        {content}
      </div>
    );
  }
  return (
    <button
      type="button"
      style={style}
      tabIndex={reachable ? 0 : -1}
      onClick={() => jumpTo(seq)}
      className={classNames(look, "w-full transition-colors hover:bg-hover")}
    >
      {content}
    </button>
  );
}
