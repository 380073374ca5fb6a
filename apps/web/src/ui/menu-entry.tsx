import type { Icon } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { classNames } from "./class-names.ts";

/** An item of a menu that is a Popup. */
export function MenuEntry({
  name,
  Icon,
  first = false,
  isGrave = false,
  onClick,
}: {
  name: string;
  Icon: Icon;
  /** It takes the focus. */
  first?: boolean;
  /** It deletes something. */
  isGrave?: boolean;
  onClick: (event: MouseEvent<HTMLElement>) => void;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      data-step=""
      data-first={first ? "" : undefined}
      onClick={onClick}
      className={classNames(
        "flex h-9 w-full items-center gap-3 rounded-sm px-2.5 text-start hover:bg-hover focus-visible:bg-hover touch:h-12",
        isGrave && "text-danger",
      )}
    >
      <Icon aria-hidden="true" size={18} stroke={1.8} />
      {name}
    </button>
  );
}
