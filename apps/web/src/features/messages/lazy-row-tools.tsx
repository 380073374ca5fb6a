import type { Message } from "../../room/message.ts";
import { lazyPart, useLazy } from "../../ui/lazy.tsx";
import {
  NOT_FETCHED,
  useActiveRow,
  useActiveRowStore,
  useToast,
  type OpenMenu,
} from "./active-row.ts";
import { rowElement } from "./row-elements.ts";

/** Fetched when a row first becomes active. */
const rowTools = lazyPart(() => import("./row-tools.tsx"));

/** The toolbar of the active row. */
export function LazyRowToolbar(props: {
  row: string;
  mine: boolean;
  message: Message | undefined;
}) {
  const tools = useLazy(rowTools, true);
  return tools && <tools.RowToolbar {...props} />;
}

/** Shows the menu of a message when it is opened. */
export function LazyRowMenu() {
  const activeRow = useActiveRowStore();
  const showToast = useToast();
  const menu = useActiveRow((state) => state.menu);
  const tools = useLazy(rowTools, menu !== undefined, () => {
    activeRow.setState({ menu: undefined });
    showToast(NOT_FETCHED);
  });

  const close = (closed: OpenMenu) => {
    if (activeRow.getState().menu !== closed) return;
    activeRow.setState({ menu: undefined });
    // Its button may be gone by now.
    if (document.activeElement === document.body) {
      rowElement(document, closed.row)?.focus({ preventScroll: true });
    }
  };
  return (
    menu && tools && <tools.RowMenu key={menu.shows} menu={menu} onClose={() => close(menu)} />
  );
}
