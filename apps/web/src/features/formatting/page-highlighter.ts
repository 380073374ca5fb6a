import { Highlighter, type HighlightAnswer } from "./highlighter.ts";

/** The page's highlighter, loaded when the first code in a known language is shown. */
export const highlighter = new Highlighter({
  open: (onAnswer, onFailed) => {
    const worker = new Worker(new URL("highlight-worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<HighlightAnswer>) => onAnswer(data));
    worker.addEventListener("error", onFailed);
    return {
      post: (job) => worker.postMessage(job),
      terminate: () => worker.terminate(),
    };
  },
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
});
