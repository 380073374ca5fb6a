import { type ReactNode, useEffect, useState } from "react";
import { IconRefresh, IconX } from "@tabler/icons-react";
import { Button, IconButton } from "../ui/button.tsx";
import { lookForUpdate } from "./look-for-update.ts";
import type { VersionAnswer, VersionQuestion } from "./shell-keeper.ts";

/** Shows that the server has a newer version of the app. The user decides when to reload. */
export function UpdateNotice(): ReactNode {
  const [newer, setNewer] = useState<"none" | "there" | "put off">("none");
  useEffect(() => {
    const own = document.querySelector<HTMLMetaElement>("meta[name=version]")?.content ?? "";
    return keepUp(navigator.serviceWorker, own, () => setNewer("there"));
  }, []);

  return (
    <div role="status" aria-label="Update">
      {newer === "there" && (
        <div className="fixed inset-x-0 top-16 z-40 mx-auto flex w-max max-w-[calc(100vw-1rem)] animate-appear items-center gap-1 rounded-md bg-raised py-1 pe-1 ps-4 text-sm text-ink shadow-high ring-1 ring-line">
          <p className="me-2">There is a new version.</p>
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

/** How often an open page asks for a newer version, in ms. */
const LOOK_EVERY_MS = 3_600_000;
/** Where the worker is served. */
const WORKER = "/sw.js";
const QUESTION: VersionQuestion = "parley:version?";

/**
 * Registers the worker, and calls back once the worker stores another version than this page runs.
 * Nothing reloads by itself.
 * @param own the version of this page
 * @returns stops it
 */
export function keepUp(
  container: ServiceWorkerContainer,
  own: string,
  onNewVersion: () => void,
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const ask = () => container.controller?.postMessage(QUESTION);
  const answered = ({ data }: MessageEvent<unknown>) => {
    if (isAnswer(data) && data.keeps !== own) onNewVersion();
  };
  const looked = () => {
    if (document.visibilityState === "visible") lookForUpdate();
  };
  container.addEventListener("message", answered, { signal });
  container.addEventListener("controllerchange", ask, { signal });
  document.addEventListener("visibilitychange", looked, { signal });
  window.addEventListener("online", lookForUpdate, { signal });
  const hourly = setInterval(lookForUpdate, LOOK_EVERY_MS);
  // If the browser denies workers, the app works online only.
  container.register(WORKER, { updateViaCache: "none" }).then(ask, () => undefined);
  return () => {
    ended.abort();
    clearInterval(hourly);
  };
}

function isAnswer(said: unknown): said is VersionAnswer {
  return (
    typeof said === "object" && said !== null && "keeps" in said && typeof said.keeps === "string"
  );
}
