import { chromium, type Browser } from "@playwright/test";
import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "@parley/testkit/percentile";
import { PlainClient } from "@parley/testkit/plain-client";
import { launchOptions } from "../e2e/launch.ts";
import { meetPerson, type Person } from "../e2e/people.ts";
import { startServer } from "../e2e/server.ts";
import { build } from "./build.ts";
import { measureFlood, measurePrepending, type Flood, type Prepending } from "./figures-in-page.ts";
import { reportFirstLoads } from "./figures-first-load.ts";
import { programs } from "./programs.ts";
import { provide } from "./provide.ts";

/** Measures and prints how a large room feels. Nothing fails, because some machines are slow. */
const ROOM = "figures";
const MESSAGES = 10_000;
const SLOWED = 4;
const PER_SECOND = 200;
/** Long enough for a hundred keys. */
const FLOOD_MS = 15_000;
/** Messages are sent in bunches this far apart, in ms. */
const BUNCH_MS = 25;
/** Between two keys, in ms: a fast typist. */
const KEY_EVERY_MS = 120;
/** The limits, in ms. */
const LONG_TASK_MAX_MS = 100;
/** Of 95 keys in 100. */
const KEY_MAX_MS = 100;

const found = (await build()) ? await provide(programs.chromium) : undefined;
if (found?.ok) {
  const browser = await chromium.launch(launchOptions(found.path));
  await measure(browser);
  await browser.close();
} else {
  if (found) console.error(found.advice);
  process.exitCode = 1;
}

async function measure(browser: Browser): Promise<void> {
  const server = await startServer();
  const talkers = await Promise.all(
    ["Ben", "Cleo"].map((name) => PlainClient.join(server.socketUrl, ROOM, name)),
  );
  const ada = await meetPerson(browser, server.url, "Ada", {
    serviceWorkers: "block",
    isMeasured: true,
  });
  try {
    console.log("First visits, with nothing in the cache…");
    await reportFirstLoads(browser, server);
    console.log(`Filling a room with ${MESSAGES} messages…`);
    await fill(talkers);
    await ada.join(ROOM);
    console.log("Paging back to its beginning…");
    const prepending = await ada.page.evaluate(measurePrepending);
    await ada.messages.press("End");

    console.log(
      `${PER_SECOND} messages a second for ${FLOOD_MS / 1_000} s, CPU slowed ${SLOWED}×…`,
    );
    const devtools = await ada.page.context().newCDPSession(ada.page);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWED });
    const flood = await watchFlood(ada, talkers);
    report(prepending, flood);
  } finally {
    for (const talker of talkers) talker.close();
    await ada.goes();
    await server.dispose();
  }
}

/** Fills the room in turn, with texts of one to several lines. */
async function fill(talkers: readonly PlainClient[]): Promise<void> {
  const [first] = talkers;
  for (let number = 1; number <= MESSAGES; number += 1) {
    talkers[Math.floor(number / 3) % talkers.length]?.send("chat", { message: textOf(number) });
    if (number % 500 === 0) await heard(first, number);
  }
}

async function heard(talker: PlainClient | undefined, messages: number): Promise<void> {
  const chats = () => talker?.frames.filter(({ type }) => type === "chat").length ?? 0;
  while (chats() < messages) await sleep(BUNCH_MS);
}

function textOf(number: number): string {
  return `Message ${number}: ${"the ferry leaves at *9:40*, rain or shine. ".repeat(1 + (number % 4))}`;
}

/** Ada types while messages pour in. */
async function watchFlood(ada: Person, talkers: readonly PlainClient[]): Promise<Flood> {
  await ada.composer.focus();
  const measuring = ada.page.evaluate(measureFlood, FLOOD_MS);
  const from = performance.now();
  const pouring = pour(talkers, from);
  while (performance.now() - from < FLOOD_MS) {
    await ada.page.keyboard.press("a");
    await sleep(KEY_EVERY_MS);
  }
  await pouring;
  return measuring;
}

async function pour(talkers: readonly PlainClient[], from: number): Promise<void> {
  let sent = 0;
  for (let passed = 0; passed < FLOOD_MS; passed = performance.now() - from) {
    for (const due = (passed / 1_000) * PER_SECOND; sent < due; sent += 1) {
      talkers[sent % talkers.length]?.send("chat", { message: textOf(MESSAGES + sent) });
    }
    await sleep(BUNCH_MS);
  }
}

function report({ pages, movedPx }: Prepending, { longTasks, keys, shown }: Flood): void {
  const longest = Math.max(0, ...longTasks);
  const sorted = keys.toSorted((a, b) => a - b);
  const [half, nearlyAll] = [percentile(sorted, 0.5), percentile(sorted, 0.95)];
  const figures = [
    [
      `the longest task: ${longest.toFixed(0)} ms`,
      longest <= LONG_TASK_MAX_MS,
      `${longTasks.length} over 50 ms; the figure: ${LONG_TASK_MAX_MS} ms`,
    ],
    [
      `95 of 100 keys are seen within ${nearlyAll.toFixed(0)} ms`,
      nearlyAll <= KEY_MAX_MS,
      `${keys.length} keys, half within ${half.toFixed(0)} ms; the figure: ${KEY_MAX_MS} ms`,
    ],
    [
      `prepending moved the text by ${movedPx.toFixed(1)} px`,
      movedPx < 0.5,
      `at most, over ${pages} pages; the figure: 0 px`,
    ],
  ] as const;
  console.log(`\n${shown} frames were drawn meanwhile.`);
  for (const [what, holds, how] of figures) console.log(`${holds ? "✓" : "✗"} ${what} (${how})`);
}
