import { useEffect, useState } from "react";
import type { Member } from "@parley/protocol";
import { useRoomStore } from "../../room/use-room.ts";
import type { Box } from "../../ui/popup.tsx";
import { readRowKey } from "../messages/active-row.ts";
import { rowAround } from "../messages/row-elements.ts";
import { PersonMenu } from "../presence/person-menu.tsx";

interface OpenedMenu {
  readonly member: Member;
  readonly via: string;
  readonly beside: Box;
}

/** The menu of an author, whose name in the log was clicked. */
export function AuthorMenu() {
  const store = useRoomStore();
  const [menu, setMenu] = useState<OpenedMenu>();
  useEffect(() => {
    const clicked = ({ target }: MouseEvent) => {
      const name = target instanceof Element ? target.closest("[data-author]") : undefined;
      const row = rowAround(name ?? null)?.dataset["row"];
      if (!name || row === undefined || name.closest("[data-private]")) return;
      const { authorId, id: via } = readRowKey(row);
      // The user's own have none.
      if (authorId === undefined) return;
      const { messages, lastNames } = store.getState();
      const from = messages.findLast((message) => message.from.id === authorId)?.from;
      if (!from) return;
      const { left, top, width, height } = name.getBoundingClientRect();
      const member = { ...from, name: lastNames.get(authorId) ?? from.name };
      setMenu({ member, via, beside: { left, top, width, height } });
    };
    document.addEventListener("click", clicked);
    return () => document.removeEventListener("click", clicked);
  }, [store]);
  return menu && <PersonMenu {...menu} onClose={() => setMenu(undefined)} />;
}
