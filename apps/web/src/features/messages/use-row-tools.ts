import { useEffect, useEffectEvent, useState } from "react";
import type { RowMenu } from "./row-menu.tsx";
import type { RowToolbar } from "./row-toolbar.tsx";

/** What row-tools.ts holds. */
interface RowTools {
  readonly RowMenu: typeof RowMenu;
  readonly RowToolbar: typeof RowToolbar;
}

/** Fetched once for all, when a message is first pointed at. */
let fetched: RowTools | undefined;

/**
 * The tools and menus of messages; undefined until they are fetched. What could not be fetched is
 * asked for again the next time that it is needed.
 * @param failed called where they could not be fetched
 */
export function useRowTools(isNeeded: boolean, failed?: () => void): RowTools | undefined {
  const [tools, setTools] = useState(fetched);
  const showToast = useEffectEvent(() => failed?.());
  useEffect(() => {
    if (!isNeeded || tools) return undefined;
    let isWanted = true;
    import("./row-tools.ts").then(
      ({ default: tools }) => {
        fetched = tools;
        if (isWanted) setTools(tools);
      },
      () => {
        if (isWanted) showToast();
      },
    );
    return () => {
      isWanted = false;
    };
  }, [isNeeded, tools]);
  return tools;
}
