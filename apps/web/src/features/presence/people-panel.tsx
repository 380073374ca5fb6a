import type { Member } from "@parley/protocol";
import { useEffect, useEffectEvent, useState, type SubmitEvent } from "react";
import { IconPencil, IconX } from "@tabler/icons-react";
import { useRoom, useRoomActions } from "../../room/use-room.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import type { Box } from "../../ui/popup.tsx";
import { useMedia, WIDE } from "../../ui/use-media.ts";
import { HooksButton } from "../hooks/hooks-button.tsx";
import { Avatar, countTitle, MemberName } from "./member.tsx";
import { inOrder } from "./people-order.ts";
import { NewName, RefusedName } from "./new-name.tsx";
import { PersonMenu } from "./person-menu.tsx";
import { UnreadCount } from "../../ui/unread-count.tsx";
import { useConversations, useConversationsState } from "./use-conversations.ts";
import { storedName } from "../../storage/identity.ts";
import { Field } from "../../ui/field.tsx";
import { checkName } from "../join/checks.ts";

/** The members of the room: a panel beside the messages or, on narrow screens, a drawer. */
export function PeoplePanel({ open, onClose }: { open: boolean; onClose: () => void }) {
  const wide = useMedia(WIDE);
  const count = useRoom(({ people }) => people?.count ?? 0);
  useOnlyPlace(open, onClose);
  const title = count === 0 ? "People" : `${countTitle(count)} here`;

  if (!wide) {
    return (
      <Dialog open={open} onClose={onClose} title={title} shape="drawer">
        <PeopleList />
      </Dialog>
    );
  }
  if (!open) return null;
  return (
    <aside
      aria-label="Who is here"
      className="flex w-[min(18rem,26vw)] shrink-0 animate-appear flex-col border-s border-line bg-surface"
    >
      <header className="flex h-14 shrink-0 items-center justify-between pe-2 ps-5">
        <h2 className="font-semibold">{title}</h2>
        <IconButton label="Close" onClick={onClose}>
          <IconX aria-hidden="true" size={20} stroke={1.8} />
        </IconButton>
      </header>
      <div className="min-h-0 grow overflow-y-auto px-3 pb-4">
        <PeopleList />
      </div>
      <div className="shrink-0 border-t border-line px-3 py-2">
        <HooksButton />
      </div>
    </aside>
  );
}

/** Wide enough for people and private messages beside the room. */
const ROOMY = "(min-width: 105rem)";

/** Where there is no room for both, what opens closes the other. */
function useOnlyPlace(open: boolean, onClose: () => void): void {
  const conversations = useConversations();
  const isRoomy = useMedia(ROOMY);
  const isPrivate = useConversationsState(({ shown }) => shown.is !== "nothing");
  const closePeople = useEffectEvent(() => {
    if (open && !isRoomy) onClose();
  });
  const closePrivate = useEffectEvent(() => {
    if (isPrivate && !isRoomy) conversations?.close();
  });
  useEffect(() => {
    if (isPrivate) closePeople();
  }, [isPrivate]);
  useEffect(() => {
    if (open) closePrivate();
  }, [open]);
}

/** Who is here, oneself first; one's own name is changed here. */
function PeopleList() {
  const people = useRoom((state) => state.people);
  const isOverHttp = useRoom(({ status, isOverHttp }) => status.is === "joined" && isOverHttp);
  if (!people) return <p className="text-ink-soft">Nobody is known to be here yet.</p>;
  const listed = inOrder(people.self, people.members);
  const unlisted = people.count - listed.length;
  return (
    <>
      <ul aria-label="People" className="grid grid-cols-[minmax(0,1fr)] gap-0.5">
        {listed.map((member) => (
          <li key={member.id}>
            {member.id === people.self.id ? (
              <Oneself member={member} />
            ) : (
              <OtherMember member={member} />
            )}
          </li>
        ))}
      </ul>
      {unlisted > 0 && <p className="px-2 py-3 text-sm text-ink-soft">and {unlisted} more</p>}
      {isOverHttp && <p className="px-2 py-3 text-sm text-ink-faint">Connected over HTTP</p>}
    </>
  );
}

/** Another member, and a menu of what can be done. */
function OtherMember({ member }: { member: Member }) {
  const [menu, setMenu] = useState<Box>();
  const unread = useConversationsState(
    ({ list }) => list.find(({ id }) => id === member.id)?.unread ?? 0,
  );
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={menu !== undefined}
        onClick={({ currentTarget }) => setMenu(currentTarget.getBoundingClientRect())}
        className="flex min-h-12 w-full items-center gap-3 rounded-md px-2 text-start hover:bg-hover aria-expanded:bg-hover aria-expanded:ring-2 aria-expanded:ring-focus aria-expanded:ring-inset"
      >
        <Avatar member={member} />
        <span className="min-w-0 grow truncate">
          <MemberName member={member} />
        </span>
        {unread > 0 && <UnreadCount unread={unread} />}
      </button>
      {menu && <PersonMenu member={member} beside={menu} onClose={() => setMenu(undefined)} />}
    </>
  );
}

function Oneself({ member }: { member: Member }) {
  const [name, setName] = useState<"resting" | "changing" | "changed">("resting");
  const wide = useMedia(WIDE);
  if (name === "changing") {
    return <RenameForm name={member.name} onDone={() => setName("changed")} />;
  }
  return (
    <div className="rounded-md bg-sunken px-2">
      <div className="flex min-h-12 items-center gap-3">
        <Avatar member={member} />
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <span className="max-w-full min-w-0 truncate font-semibold">
            <MemberName member={member} />
          </span>
          <span className="text-sm text-ink-faint">you</span>
        </span>
        <IconButton
          label="Change your name"
          className="-me-1 ms-auto"
          // The focus returns to the button that opened the form.
          autoFocus={name === "changed"}
          onClick={() => setName("changing")}
        >
          <IconPencil aria-hidden="true" size={18} stroke={1.8} />
        </IconButton>
      </div>
      {/* Beside the messages, their own notices are read out. */}
      <div role={wide ? undefined : "status"} className="flow-root text-sm text-ink-soft *:mb-1.5">
        <NewName />
        {!wide && <RefusedName />}
      </div>
    </div>
  );
}

/** Changes one's name, here and for the next visit. */
function RenameForm({ name, onDone }: { name: string; onDone: () => void }) {
  const { rename } = useRoomActions();
  const [text, setText] = useState(name);
  const [error, setError] = useState<string>();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const checked = checkName(text);
    if (!checked.ok) {
      setError(checked.message);
      return;
    }
    if (checked.value !== name) {
      rename(checked.value);
      storedName().write(checked.value);
    }
    onDone();
  };

  return (
    <form
      onSubmit={submit}
      noValidate
      className="grid gap-3 rounded-md bg-sunken p-3"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Escape cancels the form, not the drawer around it.
        event.preventDefault();
        event.stopPropagation();
        onDone();
      }}
    >
      <Field
        label="Your name"
        value={text}
        error={error}
        autoComplete="nickname"
        dir="auto"
        // It replaces the button that was pressed.
        autoFocus
        onFocus={({ target }) => target.select()}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      <div className="flex justify-end gap-2">
        <Button look="quiet" size="sm" onClick={onDone}>
          Cancel
        </Button>
        <Button look="primary" size="sm" type="submit">
          Save
        </Button>
      </div>
    </form>
  );
}
