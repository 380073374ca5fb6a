import { IconRefresh, IconX } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { keepUp } from "./keep-up.ts";

/** Says when the server has a newer version of the app. The reader reloads when it suits them. */
export default function UpdateNotice(): ReactNode {
  const [newer, setNewer] = useState<"none" | "there" | "put off">("none");
  useEffect(() => {
    const own = document.querySelector<HTMLMetaElement>("meta[name=version]")?.content ?? "";
    return keepUp(navigator.serviceWorker, own, () => setNewer("there"));
  }, []);

  return (
    <div role="status" aria-label="Update">
      {newer === "there" && (
        <div className="fixed top-16 left-1/2 z-40 flex w-max max-w-[calc(100vw-1rem)] -translate-x-1/2 animate-appear items-center gap-1 rounded-md bg-raised py-1 pr-1 pl-4 text-sm text-ink shadow-high ring-1 ring-line">
          <p className="mr-2">There is a new version.</p>
          <Button look="primary" size="sm" onClick={() => window.location.reload()}>
            <IconRefresh aria-hidden="true" size={16} stroke={2} />
            Reload
          </Button>
          <IconButton label="Not now" className="size-8" onClick={() => setNewer("put off")}>
            <IconX aria-hidden="true" size={16} stroke={1.8} />
          </IconButton>
        </div>
      )}
    </div>
  );
}
