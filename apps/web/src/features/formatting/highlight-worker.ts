import { highlight } from "./highlight.ts";
import type { HighlightAnswer, HighlightJob } from "./highlighter.ts";

/** The parts of a worker's scope that are used; the page's types have no workers. */
interface WorkerScope {
  addEventListener(type: "message", listener: (event: MessageEvent<HighlightJob>) => void): void;
  postMessage(answer: HighlightAnswer): void;
}

const scope = globalThis as unknown as WorkerScope;

scope.addEventListener("message", ({ data: { code, language } }) => {
  scope.postMessage(highlight(code, language));
});
scope.postMessage("ready");
