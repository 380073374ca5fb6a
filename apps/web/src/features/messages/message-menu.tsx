import {
  IconCopy,
  IconCornerUpLeft,
  IconLink,
  IconMessageUser,
  IconMoodPlus,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconTrash,
  type Icon,
} from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { unreachable } from "@parley/protocol";
import { QUICK_EMOJI } from "../emoji/emoji-search.ts";
import { firstLine } from "../formatting/one-line.ts";
import { MemberName } from "../presence/member.tsx";
import type { Reaction } from "../../room/message.ts";
import { usePartner, useRoom } from "../../room/use-room.ts";
import { closePopup, MenuEntry, Popup } from "../../ui/popup.tsx";
import type { OpenMenu } from "./active-row.ts";
import {
  type Action,
  actionsFor,
  type MessageActions,
  type ActionTarget,
} from "./message-actions.ts";
import { reactors } from "./reactions.tsx";

/** The menu of a message. */
export function MessageMenu({
  menu,
  target,
  reactions,
  own,
  isPinned,
  actions,
  onMoreEmoji,
  onClose,
}: {
  menu: OpenMenu;
  target: ActionTarget;
  reactions: readonly Reaction[];
  /** The emoji that the user reacted with. */
  own: ReadonlySet<string>;
  isPinned: boolean;
  actions: MessageActions;
  onMoreEmoji: () => void;
  onClose: () => void;
}) {
  const possible = actionsFor(target, isPinned, usePartner() !== undefined);
  const entries = possible.filter((action) => action !== "react");
  const perform = (act: () => void) => (event: MouseEvent<HTMLElement>) => {
    // First, so that the action can move the focus from where it was.
    closePopup(event.currentTarget);
    act();
  };
  return (
    <Popup beside={menu.beside} role="menu" label="Actions for this message" onClose={onClose}>
      <TargetLine target={target} />
      {reactions.length > 0 && <Reactors reactions={reactions} />}
      {target.is === "sent" && possible.includes("react") && (
        <div
          role="group"
          aria-label="React"
          className="mb-1 flex justify-between gap-0.5 max-sm:gap-0"
        >
          {QUICK_EMOJI.map((emoji, place) => (
            <button
              key={emoji}
              type="button"
              role="menuitemcheckbox"
              aria-checked={own.has(emoji)}
              tabIndex={-1}
              data-step=""
              data-first={place === 0 ? "" : undefined}
              onClick={perform(() => actions.react(target.message, emoji))}
              className="grid size-9 place-items-center rounded-sm text-xl hover:bg-hover focus-visible:bg-hover aria-checked:bg-mine touch:size-11"
            >
              {emoji}
            </button>
          ))}
          <button
            type="button"
            role="menuitem"
            aria-label="More emoji"
            tabIndex={-1}
            data-step=""
            onClick={onMoreEmoji}
            className="grid size-9 place-items-center rounded-sm text-ink-soft hover:bg-hover focus-visible:bg-hover touch:size-11"
          >
            <IconMoodPlus aria-hidden="true" size={20} stroke={1.8} />
          </button>
        </div>
      )}
      {entries.map((action, place) => (
        <Entry
          key={action}
          action={action}
          first={target.is === "waiting" && place === 0}
          onClick={perform(() => carryOut(action, target, actions))}
        />
      ))}
    </Popup>
  );
}

/** The message that the menu is about, where the menu is not beside it. */
function TargetLine({ target }: { target: ActionTarget }) {
  const author = target.is === "sent" && !target.mine ? target.message.from : undefined;
  return (
    <p
      aria-hidden="true"
      className="mb-1.5 truncate border-b border-line px-2.5 pt-1.5 pb-2.5 text-sm text-ink-soft sm:hidden"
    >
      <span className="me-2 font-semibold text-ink">
        {author ? <MemberName member={author} /> : "You"}
      </span>
      <bdi>{firstLine(target.text)}</bdi>
    </p>
  );
}

/** Who reacted: without a pointer, nothing else shows it. A screen reader reads it with each reaction. */
function Reactors({ reactions }: { reactions: readonly Reaction[] }) {
  const selfId = useRoom(({ people }) => people?.self.id);
  const lastNames = useRoom((state) => state.lastNames);
  return (
    <div
      aria-hidden="true"
      // No wider than the rest of the menu.
      className="mb-1 max-h-24 w-0 min-w-full overflow-y-auto border-b border-line px-2.5 pb-1.5 text-sm text-ink-soft"
    >
      {reactions.map(({ emoji, by }) => (
        <p key={emoji} className="flex gap-2 py-0.5">
          {emoji} <bdi className="min-w-0 wrap-anywhere">{reactors(by, selfId, lastNames)}</bdi>
        </p>
      ))}
    </div>
  );
}

const entries: Readonly<Record<Exclude<Action, "react">, readonly [string, Icon]>> = {
  reply: ["Reply", IconCornerUpLeft],
  edit: ["Edit", IconPencil],
  "copy-text": ["Copy text", IconCopy],
  "copy-link": ["Copy link", IconLink],
  pin: ["Pin", IconPin],
  unpin: ["Unpin", IconPinnedOff],
  private: ["Message privately", IconMessageUser],
  delete: ["Delete", IconTrash],
};

function Entry({
  action,
  first,
  onClick,
}: {
  action: Exclude<Action, "react">;
  /** It takes the focus. */
  first: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
}) {
  const [name, Icon] = entries[action];
  return (
    <MenuEntry
      name={name}
      Icon={Icon}
      first={first}
      isGrave={action === "delete"}
      onClick={onClick}
    />
  );
}

function carryOut(
  action: Exclude<Action, "react">,
  target: ActionTarget,
  actions: MessageActions,
): void {
  switch (action) {
    case "reply":
      return target.is === "sent" ? actions.reply(target.message) : undefined;
    case "copy-link":
      return target.is === "sent" ? actions.copyLink(target.message) : undefined;
    case "pin":
    case "unpin":
      return target.is === "sent" ? actions.pin(target.message, action === "pin") : undefined;
    case "private":
      return target.is === "sent" ? actions.writePrivately(target.message) : undefined;
    case "edit":
      return actions.edit(target);
    case "delete":
      return actions.remove(target);
    case "copy-text":
      return actions.copyText(target.text);
    default:
      return unreachable(action);
  }
}
