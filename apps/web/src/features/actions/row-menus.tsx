import { lazy, Suspense, useEffect } from "react";
import { usePointed, usePointedStore, type OpenMenu } from "./pointed.ts";
import { lineOf } from "./lines.ts";

const loadMenu = () => import("./row-menu.tsx");
const RowMenu = lazy(loadMenu);

/** Where the menu of a message opens; it is fetched once the reader comes near one. */
export function RowMenus() {
  const pointed = usePointedStore();
  const menu = usePointed((state) => state.menu);
  const isNear = usePointed((state) => state.row !== undefined);
  useEffect(() => {
    // What could not be fetched is asked for again when it is needed.
    if (isNear) loadMenu().catch(() => undefined);
  }, [isNear]);

  const close = (closed: OpenMenu) => {
    if (pointed.getState().menu !== closed) return;
    pointed.setState({ menu: undefined });
    // Its button may be gone by now.
    if (document.activeElement === document.body) {
      lineOf(document, closed.row)?.focus({ preventScroll: true });
    }
  };
  return (
    <Suspense>
      {menu && <RowMenu key={menu.shows} menu={menu} onClose={() => close(menu)} />}
    </Suspense>
  );
}
