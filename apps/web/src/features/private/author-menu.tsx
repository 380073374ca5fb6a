import { useEffect, useLayoutEffect, useState } from "react";
import type { Member } from "@parley/protocol";
import { useRoomStore } from "../../room/use-room.ts";
import type { Box } from "../../ui/popup.tsx";
import { readRowKey } from "../messages/active-row.ts";
import { rowAround } from "../messages/row-elements.ts";
import { PersonMenu } from "../presence/person-menu.tsx";

interface OpenedMenu {
  /** What was clicked. */
  readonly clicked: Element;
  readonly member: Member;
  readonly via: string;
  readonly beside: Box;
}

/** The menu of an author, whose name in the log was clicked. */
export function AuthorMenu() {
  const store = useRoomStore();
  const [menu, setMenu] = useState<OpenedMenu>();
  useEffect(() => {
    const pressed = ({ target }: MouseEvent) => {
      const name = target instanceof Element ? target.closest("[data-author]") : undefined;
      const row = rowAround(name ?? null)?.dataset["row"];
      if (!name || row === undefined || name.closest("[data-private]")) return;
      const { authorId, id: via } = readRowKey(row);
      // The user's own have none.
      if (authorId === undefined) return;
      const { messages, lastNames } = store.getState();
      const from = messages.findLast((message) => message.from.id === authorId)?.from;
      if (!from) return;
      const member = { ...from, name: lastNames.get(authorId) ?? from.name };
      setMenu({ clicked: name, member, via, beside: name.getBoundingClientRect() });
    };
    document.addEventListener("click", pressed);
    return () => document.removeEventListener("click", pressed);
  }, [store]);
  const clicked = menu?.clicked;
  useLayoutEffect(() => {
    // Marks the name that the menu belongs to.
    clicked?.setAttribute("aria-expanded", "true");
    return () => clicked?.removeAttribute("aria-expanded");
  }, [clicked]);
  if (!menu) return null;
  const { member, via, beside } = menu;
  return (
    <PersonMenu member={member} via={via} beside={beside} onClose={() => setMenu(undefined)} />
  );
}
