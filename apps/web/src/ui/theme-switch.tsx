import { IconMoon, IconSun } from "@tabler/icons-react";
import { useLayoutEffect, useSyncExternalStore } from "react";
import { chooseTheme, onThemeChosen, storedTheme, type Theme } from "../storage/appearance.ts";
import { IconButton } from "./button.tsx";
import { useMedia } from "./use-media.ts";

/** Switches to the other theme; switching to the system's preference follows it again. */
export function ThemeSwitch({ className }: { className?: string }) {
  const system: Theme = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const chosen = useSyncExternalStore(onThemeChosen, storedTheme().read, () => undefined);
  const seen = chosen ?? system;
  const other: Theme = seen === "dark" ? "light" : "dark";

  useLayoutEffect(() => {
    const { dataset } = document.documentElement;
    if (chosen) dataset["theme"] = chosen;
    else delete dataset["theme"];
  }, [chosen]);

  return (
    <IconButton
      label={`Use the ${other} theme`}
      onClick={() => chooseTheme(other, system)}
      {...(className && { className })}
    >
      {seen === "dark" ? (
        <IconSun aria-hidden="true" size={20} stroke={1.8} />
      ) : (
        <IconMoon aria-hidden="true" size={20} stroke={1.8} />
      )}
    </IconButton>
  );
}
