import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";
import { talkative } from "./talkative.ts";

const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
const PHONE = { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" } as const;
/** More stops than any page has. */
const STOPS_MAX = 60;
const HIDDEN = " (cannot be seen)";

/** What has the focus: its role and name, and what is wrong with it. */
async function stop(page: Page): Promise<string | undefined> {
  const focused = page.locator(":focus");
  if ((await focused.count()) === 0) return undefined;
  const [first = ""] = (await focused.ariaSnapshot()).split("\n");
  const isSeen = await focused.evaluate(async (element) => {
    // What fades in with the focus is seen a frame later, even without motion.
    await Promise.allSettled(element.getAnimations().map(({ finished }) => finished));
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, top, width, height } = element.getBoundingClientRect();
    const there = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 100));
    return there !== null && (element.contains(there) || there.contains(element));
  });
  const called = /^- '?(\w+(?: "[^"]*)?)/.exec(first)?.[1]?.replace(' "', " ");
  return `${called}${isSeen ? "" : HIDDEN}`;
}

/** Tab stops at these, in this order, at least, and at nothing that cannot be seen. */
function expectStops(stops: readonly string[], expected: readonly string[]): void {
  expect(stops.filter((each) => expected.includes(each))).toEqual(expected);
  expect(stops.filter((each) => each.endsWith(HIDDEN))).toEqual([]);
}

/** Everything that Tab stops at, in its order, once around the page. */
async function tabStops({ page }: Person): Promise<string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    getSelection()?.removeAllRanges();
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
  });
  const stops: string[] = [];
  for (let step = 0; step < STOPS_MAX; step += 1) {
    await page.keyboard.press("Tab");
    const next = await stop(page);
    if (next === undefined || (step > 0 && next === stops[0])) break;
    stops.push(next);
  }
  return stops;
}

test("Tab goes through the start page in the order of reading", async ({ meet }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.page.goto("/");
  await expect(ada.roomCode).toBeVisible();
  expectStops(await tabStops(ada), [
    "button Use the dark theme",
    "textbox Your name",
    "textbox Room code",
    "button Start a room",
  ]);
});

test("Tab goes through an invitation in the order of reading", async ({ meet, room }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.page.goto(`/r/${room}`);
  await expect(ada.yourName).toBeVisible();
  expectStops(await tabStops(ada), [
    "button Use the dark theme",
    "textbox Your name",
    "button Join room",
    "link Join or start another room",
  ]);
});

/** The stops of a room whose code is CODE. */
const rooms = [
  [
    DESKTOP,
    [
      "link Parley, start page",
      "link CODE You",
      "button Options for CODE",
      "link Join or start another",
      "button Copy room code CODE Copy the code",
      "button Edit name and topic",
      "button Invite",
      "button Notifications",
      "button 2 people",
      "button Use the dark theme",
      "button Leave room",
      "log Messages",
      "textbox Message",
      "button Emoji",
      "button Send",
    ],
  ],
  [
    PHONE,
    [
      "button Rooms",
      "button Copy room code CODE Copy the code",
      "button Invite",
      "button 2 people",
      "button Room options",
      "log Messages",
      "textbox Message",
      "button Emoji",
      "button Send",
    ],
  ],
] as const;

for (const [habits, expected] of rooms) {
  test(`Tab moves through a room in reading order, on ${habits.viewport.width} px`, async ({
    meet,
    room,
    server,
  }) => {
    await talkative(server.socketUrl, room, 1);
    const ada = await meet("Ada", habits);
    await ada.join(room);
    await ada.say("An answer");
    await ada.hasSentAll();
    await ada.seesCount(2);
    if (habits === DESKTOP) {
      await expect(ada.page.getByRole("link", { name: /You: An answer/ })).toBeVisible();
    }
    const stops = (await tabStops(ada)).map((each) => each.replaceAll(room, "CODE"));
    expectStops(
      stops.map((each) => each.replace(/ You\W.*/s, " You")),
      expected,
    );
  });
}

/** What opens over a room: the button that opens it, and what it is called. */
type Opens = readonly [button: string | RegExp, opened: (page: Page) => Locator, by?: "Tab"];
const dialog = (name: string | RegExp) => (page: Page) => page.getByRole("dialog", { name });

const opening: readonly (readonly [typeof DESKTOP | typeof PHONE, readonly Opens[]])[] = [
  [
    DESKTOP,
    [
      ["Invite", dialog("Invite people")],
      // It holds nobody: Tab leads into it.
      ["Notifications", dialog("Notifications"), "Tab"],
      ["Edit name and topic", dialog("Name and topic")],
      ["Emoji", dialog(/emoji/i)],
    ],
  ],
  [
    PHONE,
    [
      ["Rooms", dialog("Rooms")],
      ["Invite", dialog("Invite people")],
      [/^1 person/, dialog("1 person here")],
      ["Room options", dialog("Room")],
      ["Emoji", dialog(/emoji/i)],
    ],
  ],
];

for (const [habits, table] of opening) {
  test(`the focus moves into what opens and back, on ${habits.viewport.width} px`, async ({
    meet,
    room,
  }) => {
    const ada = await meet("Ada", habits);
    await ada.join(room);
    await ada.seesCount(1);
    for (const [name, opened, by] of table) {
      const button = ada.page.getByRole("button", { name, exact: true });
      await button.focus();
      await ada.page.keyboard.press("Enter");
      await expect(opened(ada.page)).toBeVisible();
      // What it contains may come a moment later.
      await expect(opened(ada.page).locator("button, input").first()).toBeVisible();
      if (by) await ada.page.keyboard.press(by);
      await expect(opened(ada.page).locator(":focus")).toHaveCount(1);
      await ada.page.keyboard.press("Escape");
      await expect(opened(ada.page)).toBeHidden();
      await expect(button).toBeFocused();
    }
  });
}
