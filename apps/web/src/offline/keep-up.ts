import { lookForUpdate } from "./look-for-update.ts";
import type { VersionAnswer, VersionQuestion } from "./shell.ts";

/** How often a page that stays open asks for a newer version, in ms. */
const LOOK_EVERY_MS = 3_600_000;
/** Where the worker is served. */
const WORKER = "/sw.js";
const QUESTION: VersionQuestion = "parley:version?";

/**
 * Keeps the app for when there is no network, and this page informed: tells once the worker keeps
 * another version than the one that this page runs. Nothing reloads by itself.
 * @param own the version of this page
 * @returns the way to stop
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
  // Where the browser keeps nothing, the app works as long as there is a network.
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
