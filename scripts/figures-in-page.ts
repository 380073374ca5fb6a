/** These run in the page itself: each stands alone, for it is sent there as text. */

export interface Prepending {
  /** How many pages of history were prepended and watched. */
  readonly pages: number;
  /** How far the visible text moved at most, in px. */
  readonly movedPx: number;
}

/** Loads pages back to the first message, and watches a visible message at every frame. */
export async function measurePrepending(): Promise<Prepending> {
  const log = document.querySelector<HTMLElement>("[role=log]");
  if (!log) throw new Error("There is no log.");
  /** Waits until a frame has been drawn: before that, the list may still correct itself. */
  const frame = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    requestAnimationFrame(() => setTimeout(resolve));
    return promise;
  };
  /** A message in the middle of the view, which stays drawn. */
  const inView = () => {
    const middle = log.getBoundingClientRect().top + log.clientHeight / 2;
    return [...log.querySelectorAll("article")].find(
      (article) => article.getBoundingClientRect().top > middle,
    );
  };
  const topOf = (message: Element | undefined) => message?.getBoundingClientRect().top ?? 0;
  const isAtBeginning = async () => {
    log.scrollTop = 0;
    await frame();
    await frame();
    return log.textContent.includes("This is where the room begins.");
  };
  /**
   * Two distances from the top, in px: one at which nothing is fetched, one at which the next page
   * is.
   */
  const [before, near] = [700, 590];
  // While rows are measured, the list still scrolls to its end; then it sticks to it until a user
  // scrolls up.
  for (let frames = 0; frames < 30; frames += 1) await frame();
  log.dispatchEvent(new WheelEvent("wheel", { deltaY: -1 }));
  const triesMax = 1_000;
  let pages = 0;
  let movedPx = 0;
  for (let tries = 0; tries < triesMax; tries += 1) {
    log.scrollTop = before;
    for (let frames = 0; frames < 4; frames += 1) await frame();
    const message = inView();
    const height = log.scrollHeight;
    const hasGrown = () => log.scrollHeight > height + 1_000;
    log.scrollTop = near;
    await frame();
    // A page that arrived within one frame leaves nothing to compare with.
    const isWatched = !hasGrown();
    const top = topOf(message);
    for (let frames = 0; frames < 30; frames += 1) {
      await frame();
      if (isWatched && message?.isConnected) {
        movedPx = Math.max(movedPx, Math.abs(topOf(message) - top));
      }
      if (hasGrown()) frames = Math.max(frames, 24);
    }
    if (!hasGrown() && (await isAtBeginning())) return { pages, movedPx };
    if (hasGrown() && isWatched) pages += 1;
  }
  throw new Error("The room has no beginning.");
}

export interface Flood {
  /** Tasks of more than 50 ms, in ms. */
  readonly longTasks: readonly number[];
  /** From each key to its next frame, in ms. */
  readonly keys: readonly number[];
  /** How many frames were drawn. */
  readonly shown: number;
}

/** Watches tasks, keys and frames for this many ms. */
export async function measureFlood(forMs: number): Promise<Flood> {
  const longTasks: number[] = [];
  const keys: number[] = [];
  let shown = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(duration);
  });
  observer.observe({ type: "longtask" });
  const pressed = ({ timeStamp }: KeyboardEvent) => {
    requestAnimationFrame(() => {
      // After the frame was handed over.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener("message", () => keys.push(performance.now() - timeStamp));
      port1.start();
      port2.postMessage(undefined);
    });
  };
  window.addEventListener("keydown", pressed, { capture: true });
  const until = performance.now() + forMs;
  while (performance.now() < until) {
    const { promise, resolve } = Promise.withResolvers<number>();
    requestAnimationFrame(resolve);
    await promise;
    shown += 1;
  }
  window.removeEventListener("keydown", pressed, { capture: true });
  observer.disconnect();
  return { longTasks, keys, shown };
}
