import type { PlainClient } from "@parley/testkit/plain-client";
import { wholeBrowser } from "./browsers.ts";
import { expect, test } from "./fixture.ts";
import { lineOf } from "./message-actions.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const SMALL = { viewport: { width: 800, height: 500 } };
const LINES = 60;
/** So far a script or find in page scrolls up, in px. */
const UP_PX = 400;

// With scroll bars that can be dragged; the headless shell has none.
test.use({ launchOptions: { ...wholeBrowser, ignoreDefaultArgs: ["--hide-scrollbars"] } });

function topOf({ messages }: Person): Promise<number> {
  return messages.evaluate((log) => log.scrollTop);
}

/** Checks that the list stays where it is and counts what comes. */
async function staysAndCounts(ada: Person, ben: PlainClient): Promise<void> {
  await expect(ada.page.getByRole("button", { name: /latest|new message/ })).toBeVisible();
  const top = await topOf(ada);
  for (let news = 1; news <= 5; news += 1) ben.send("chat", { message: `News ${news}` });
  await expect(ada.page.getByRole("button", { name: /([5-9]|10) new messages/ })).toBeVisible();
  expect(Math.abs((await topOf(ada)) - top)).toBeLessThanOrEqual(1);
}

for (const afterMs of [0, 100]) {
  test(`a script that scrolls up ${afterMs} ms after the list followed a message, and others come`, async ({
    meet,
    room,
    server,
  }) => {
    const ben = await talkative(server.socketUrl, room, LINES);
    const ada = await meet("Ada", SMALL);
    await ada.join(room);
    await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
    const scrolling = await ada.messages.evaluateHandle(
      (log, { upPx, waitMs }) => {
        const { promise, resolve } = Promise.withResolvers<number>();
        const scroll = () => {
          log.scrollTop -= upPx;
          resolve(log.scrollTop);
        };
        log.addEventListener("scroll", () => setTimeout(scroll, waitMs), { once: true });
        return { top: promise };
      },
      { upPx: UP_PX, waitMs: afterMs },
    );
    for (let more = 1; more <= 5; more += 1) ben.send("chat", { message: `More ${more}` });
    const top = await scrolling.evaluate((scrolled) => scrolled.top);
    await staysAndCounts(ada, ben);
    expect(Math.abs((await topOf(ada)) - top)).toBeLessThanOrEqual(1);
  });
}

test("a scroll bar that is dragged right after the list followed a message", async ({
  meet,
  room,
  server,
}) => {
  const ben = await talkative(server.socketUrl, room, LINES);
  const ada = await meet("Ada", SMALL);
  await ada.join(room);
  await expect(lineOf(ada, `Line ${LINES}`)).toBeInViewport();
  const box = await ada.messages.boundingBox();
  if (!box) throw new Error("It is not in the page.");
  const [x, y] = [box.x + box.width - 7, box.y + box.height - 30];
  await ada.page.mouse.move(x, y);
  ben.send("chat", { message: "One more" });
  await expect(lineOf(ada, "One more")).toBeInViewport();
  await ada.page.mouse.down();
  // Not far enough to let go of the end: as long as the bar is held, nothing takes it back.
  await ada.page.mouse.move(x, y - 3);
  await expect.poll(() => gapOf(ada)).toBeGreaterThan(1);
  ben.send("chat", { message: "While it is held" });
  await expect(ada.messages.getByText("While it is held")).toBeAttached();
  await ada.page.mouse.move(x, y - 80, { steps: 20 });
  await expect.poll(() => gapOf(ada)).toBeGreaterThan(UP_PX / 2);
  await ada.page.mouse.up();
  await staysAndCounts(ada, ben);
});

test("a view that is tall for a moment, and short again before the list hears of it", async ({
  meet,
  room,
  server,
}) => {
  await talkative(server.socketUrl, room, LINES);
  const ada = await meet("Ada", SMALL);
  await ada.join(room);
  const last = lineOf(ada, `Line ${LINES}`);
  await expect(last).toBeInViewport();
  // A keyboard that closes and opens on a slow phone does this: the list is at its top meanwhile.
  const tops = await ada.messages.evaluate((log) => {
    const before = log.clientHeight;
    log.style.maxHeight = "none";
    log.style.height = `${log.scrollHeight}px`;
    const top = log.scrollTop;
    log.style.height = `${before - 20}px`;
    return [top, log.scrollTop];
  });
  expect(tops).toEqual([0, 0]);
  await expect(last).toBeInViewport();
  await expect.poll(() => gapOf(ada)).toBeLessThanOrEqual(1);
});

function gapOf({ messages }: Person): Promise<number> {
  return messages.evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
}
