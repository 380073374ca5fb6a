import { IconMoon, IconSun } from "@tabler/icons-react";
import { useState } from "react";
import { chooseTheme, storedTheme, type Theme } from "../storage/theme.ts";
import { IconButton } from "./button.tsx";
import { useMedia } from "./use-media.ts";

/** Switches to the other theme; switching to the system's preference follows it again. */
export function ThemeSwitch({ className }: { className?: string }) {
  const system: Theme = useMedia("(prefers-color-scheme: dark)") ? "dark" : "light";
  const [chosen, setChosen] = useState(() => storedTheme().read());
  const seen = chosen ?? system;
  const other: Theme = seen === "dark" ? "light" : "dark";

  const turn = () => {
    chooseTheme(other, system);
    const choice = storedTheme().read();
    setChosen(choice);
    if (choice) document.documentElement.dataset["theme"] = choice;
    else delete document.documentElement.dataset["theme"];
  };

  return (
    <IconButton label={`Use the ${other} theme`} onClick={turn} {...(className && { className })}>
      {seen === "dark" ? (
        <IconSun aria-hidden="true" size={20} stroke={1.8} />
      ) : (
        <IconMoon aria-hidden="true" size={20} stroke={1.8} />
      )}
    </IconButton>
  );
}
