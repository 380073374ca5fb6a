import { rowElement } from "./row-elements.ts";
import { useActiveRow, useActiveRowStore, type OpenMenu } from "./active-row.ts";
import { useRowTools } from "./use-row-tools.ts";
import { useToast } from "./toast.tsx";

/** Where the menu of a message opens. */
export function RowMenus() {
  const activeRow = useActiveRowStore();
  const showToast = useToast();
  const menu = useActiveRow((state) => state.menu);
  const tools = useRowTools(menu !== undefined, () => {
    activeRow.setState({ menu: undefined });
    showToast("This could not be fetched from the server");
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
