import type { Browser } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { meetPerson, type Habits } from "../e2e/people.ts";

/** The network of "Slow 4G" in Chromium's developer tools. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: 180_000,
  uploadThroughput: 84_375,
};
const SLOWED = 4;
const RUNS = 3;
const ROOM = "first-load";
const MESSAGES = 60;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const DESKTOP = { viewport: { width: 1280, height: 800 } };
/** The limits. */
const JOIN_READY_MAX_MS = 2_200;
const ROOM_READY_MAX_MS = 4_000;
const SHIFT_MAX = 0.05;

/** What the page says in its console once it can be used; the time follows, in ms since it was asked for. */
const TELLS = "ready after ";

/** A page that a browser with an empty cache opens. */
interface Place {
  readonly what: string;
  readonly path: string;
  /** A selector of what is visible once the page can be used. */
  readonly ready: string;
  readonly knowsName: boolean;
  readonly readyMaxMs: number;
}

const JOIN: Place = {
  what: "join screen",
  path: "/",
  ready: "main input",
  knowsName: false,
  readyMaxMs: JOIN_READY_MAX_MS,
};
const IN_ROOM: Place = {
  what: "room",
  path: `/r/${ROOM}`,
  ready: "[role=log] article",
  knowsName: true,
  readyMaxMs: ROOM_READY_MAX_MS,
};

/**
 * Prints how long first visits take, on a slow network and a slow machine, and how much moves
 * meanwhile.
 */
export async function reportFirstLoads(
  browser: Browser,
  { url, socketUrl }: { readonly url: string; readonly socketUrl: string },
): Promise<void> {
  const ben = await PlainClient.join(socketUrl, ROOM, "Ben");
  for (let number = 1; number <= MESSAGES; number += 1) {
    ben.send("chat", { message: `Message ${number}` });
    await ben.next("chat");
  }
  ben.close();
  for (const place of [JOIN, IN_ROOM]) {
    for (const [device, habits] of [
      ["phone", PHONE],
      ["desktop", DESKTOP],
    ] as const) {
      const visits = [];
      for (let run = 0; run < RUNS; run += 1) visits.push(await visit(browser, url, place, habits));
      const ready = visits.map(({ readyMs }) => readyMs).toSorted((a, b) => a - b);
      const shift = Math.max(...visits.map(({ moved }) => moved));
      const middle = ready[Math.floor(RUNS / 2)] ?? Number.NaN;
      const holds = middle <= place.readyMaxMs && shift <= SHIFT_MAX;
      console.log(
        `${holds ? "✓" : "✗"} ${place.what}, ${device}, Slow 4G, ${SLOWED}×: ready after ` +
          `${ready.map((ms) => (ms / 1_000).toFixed(2)).join(", ")} s (the figure: ` +
          `${place.readyMaxMs / 1_000} s), CLS ${shift.toFixed(3)} (${SHIFT_MAX})`,
      );
    }
  }
}

async function visit(
  browser: Browser,
  url: string,
  { path, ready, knowsName }: Place,
  habits: Habits,
): Promise<{ readyMs: number; moved: number }> {
  const ada = await meetPerson(browser, url, "Ada", {
    ...habits,
    serviceWorkers: "block",
    isMeasured: true,
  });
  try {
    if (knowsName) {
      await ada.page.addInitScript(() => localStorage.setItem("parley.name", "Ada"));
    }
    const devtools = await ada.page.context().newCDPSession(ada.page);
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    await ada.page.addInitScript(tellWhenShown, [ready, TELLS] as const);
    const told = ada.page.waitForEvent("console", (message) => message.text().startsWith(TELLS));
    await ada.page.goto(path, { waitUntil: "commit" });
    const readyMs = Number((await told).text().slice(TELLS.length));
    await ada.page.waitForLoadState("networkidle");
    const moved = await ada.page.evaluate(
      () =>
        new Promise<number>((told) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
              sum += (entry as unknown as { value: number }).value;
            }
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => told(sum), 500);
        }),
    );
    return { readyMs, moved };
  } finally {
    await ada.goes();
  }
}

/** Runs in the page, and costs it little: to wait from outside takes a slowed page 100 ms. */
function tellWhenShown([selector, tells]: readonly [string, string]): void {
  const look = () => {
    const isShown = document
      .querySelector(selector)
      ?.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    if (isShown === true) console.debug(`${tells}${performance.now()}`);
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
