import { IconPencil } from "@tabler/icons-react";
import type { Member } from "@parley/protocol";
import { useState } from "react";
import { useRoom } from "../../room/room-context.ts";
import { Avatar } from "./avatar.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { PersonName } from "./person-name.tsx";
import { inOrder } from "./people-order.ts";
import { RenameForm } from "./rename-form.tsx";

/** Who is here, oneself first; one's own name changes here. */
export function PeopleList() {
  const people = useRoom((state) => state.people);
  if (!people) return <p className="text-ink-soft">Nobody is known to be here yet.</p>;
  const listed = inOrder(people.self, people.members);
  const unlisted = people.count - listed.length;
  return (
    <>
      <ul aria-label="People" className="grid gap-0.5">
        {listed.map((member) => (
          <li key={member.id}>
            {member.id === people.self.id ? (
              <Oneself member={member} />
            ) : (
              <div className="flex min-h-12 items-center gap-3 px-2">
                <Avatar member={member} />
                <span className="min-w-0 truncate">
                  <PersonName member={member} />
                </span>
              </div>
            )}
          </li>
        ))}
      </ul>
      {unlisted > 0 && <p className="px-2 py-3 text-sm text-ink-soft">and {unlisted} more</p>}
    </>
  );
}

function Oneself({ member }: { member: Member }) {
  const [name, setName] = useState<"resting" | "changing" | "changed">("resting");
  if (name === "changing") {
    return <RenameForm name={member.name} onDone={() => setName("changed")} />;
  }
  return (
    <div className="flex min-h-12 items-center gap-3 rounded-md bg-sunken px-2">
      <Avatar member={member} />
      <span className="min-w-0 truncate font-semibold">
        <PersonName member={member} />
      </span>
      <span className="text-sm text-ink-faint">you</span>
      <IconButton
        label="Change your name"
        className="-mr-1 ml-auto"
        // The focus comes back to where the form was opened.
        autoFocus={name === "changed"}
        onClick={() => setName("changing")}
      >
        <IconPencil aria-hidden="true" size={18} stroke={1.8} />
      </IconButton>
    </div>
  );
}
