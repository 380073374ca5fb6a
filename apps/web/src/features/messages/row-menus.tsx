import { lineOf } from "./row-elements.ts";
import { usePointed, usePointedStore, type OpenMenu } from "./active-row.ts";
import { useRowTools } from "./use-row-tools.ts";
import { useTell } from "./toast.tsx";

/** Where the menu of a message opens. */
export function RowMenus() {
  const pointed = usePointedStore();
  const tell = useTell();
  const menu = usePointed((state) => state.menu);
  const tools = useRowTools(menu !== undefined, () => {
    pointed.setState({ menu: undefined });
    tell("This could not be fetched from the server");
  });

  const close = (closed: OpenMenu) => {
    if (pointed.getState().menu !== closed) return;
    pointed.setState({ menu: undefined });
    // Its button may be gone by now.
    if (document.activeElement === document.body) {
      lineOf(document, closed.row)?.focus({ preventScroll: true });
    }
  };
  return (
    menu && tools && <tools.RowMenu key={menu.shows} menu={menu} onClose={() => close(menu)} />
  );
}
