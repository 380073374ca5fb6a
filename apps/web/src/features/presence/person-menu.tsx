import { IconMessageUser } from "@tabler/icons-react";
import type { Member } from "@parley/protocol";
import { closePopup, MenuEntry, Popup, type Box } from "../../ui/popup.tsx";
import { useConversations } from "./use-conversations.ts";

/** The menu of another member. */
export function PersonMenu({
  member,
  via,
  beside,
  onClose,
}: {
  member: Member;
  /** The id of an entry of theirs. */
  via?: string | undefined;
  beside: Box;
  onClose: () => void;
}) {
  const conversations = useConversations();
  return (
    <Popup beside={beside} role="menu" label={`Options for ${member.name}`} onClose={onClose}>
      <MenuEntry
        name="Message privately"
        Icon={IconMessageUser}
        first
        onClick={({ currentTarget }) => {
          closePopup(currentTarget);
          conversations?.open(member, { via });
        }}
      />
    </Popup>
  );
}
