import type { Locator } from "@playwright/test";
import { PlainClient } from "@parley/testkit/plain-client";
import { axeFindingsInBothThemes, axeFindingsInForcedColours } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import { chooses, lineOf, menuOf, reactionOf, usesTool } from "./message-actions.ts";
import type { Person } from "./people.ts";

// What moves would be looked at half-way.
const DESKTOP = { viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" } as const;
const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  reducedMotion: "reduce",
} as const;

/** A state of the page: how one comes there from the one before, and what shows that it is there. */
type State = readonly [
  name: string,
  reach: (person: Person) => Promise<unknown>,
  shows: (person: Person) => Locator,
];

/** Goes from state to state on one page; axe finds nothing in any, in any look. */
async function holds(person: Person, states: readonly State[]): Promise<void> {
  for (const [name, reach, shows] of states) {
    await reach(person);
    await expect(shows(person).first(), name).toBeVisible();
    expect(await axeFindingsInBothThemes(person), name).toEqual([]);
  }
  expect(await axeFindingsInForcedColours(person)).toEqual([]);
}

const button = ({ page }: Person, name: string | RegExp) =>
  page.getByRole("button", { name, exact: true });
const dialog = ({ page }: Person, name: string | RegExp) => page.getByRole("dialog", { name });

/** Presses one of the buttons outside any dialog. */
const presses = (name: string | RegExp) => (person: Person) => button(person, name).click();

/** Closes what is open, first. */
const then = (act: (person: Person) => Promise<unknown>) => async (person: Person) => {
  await person.page.keyboard.press("Escape");
  await act(person);
};

test("axe finds nothing on the start page and on an invitation", async ({ meet, room }) => {
  const ada = await meet("Ada", DESKTOP);
  const ben = await meet("Ben");
  await ben.join(room);
  await holds(ada, [
    ["start", ({ page }) => page.goto("/"), (person) => person.roomCode],
    [
      "a code that cannot be",
      async (person) => {
        await person.roomCode.fill("not a code!");
        await button(person, "Join room").click();
      },
      ({ page }) => page.locator("[aria-invalid=true]"),
    ],
    [
      "an invitation",
      ({ page }) => page.goto("/r/lobby"),
      ({ page }) => page.getByText("Nobody is here now"),
    ],
    [
      "an invitation to others",
      ({ page }) => page.goto(`/r/${room}`),
      ({ page }) => page.getByText("1 person is here"),
    ],
    [
      "recent rooms, and a code that is easy to guess",
      async (person) => {
        await person.join("lobby");
        await person.leaves();
        await person.roomCode.fill("lobby");
      },
      ({ page }) => page.getByText(/easy to guess/),
    ],
  ]);
});

/** Fills a room with all that a message can be; Ada is in it. */
async function fills(ada: Person, room: string, url: string, isPhone = false): Promise<void> {
  const ben = await PlainClient.join(url, room, "Ben");
  ben.say("Ada, look: https://example.org");
  ben.say("> quoted\n\n- one\n- **two**\n\n`code` and\n```js\nconst a = 1;\n```");
  ben.say("🎉");
  await ada.sees("🎉");
  await chooses(ada, "🎉", "👍");
  await chooses(ada, "🎉", "Pin");
  await chooses(ada, "🎉", "Reply");
  // A phone has no key that sends.
  const says = (text: string) => (isPhone ? ada.taps(text) : ada.say(text));
  await says("A reply");
  await says("Not for long");
  await ada.hasSentAll();
  await chooses(ada, "Not for long", "Delete");
  await chooses(ada, "A reply", "Edit");
  await says("A reply, edited");
  await expect(lineOf(ada, "A reply, edited").getByText("edited", { exact: true })).toBeVisible();
  await expect(reactionOf(ada, "🎉", "👍 1: You")).toBeVisible();
}

test("axe finds nothing in a room", async ({ meet, room, server }) => {
  const ada = await meet("Ada", DESKTOP);
  await holds(ada, [
    [
      "an empty room",
      (person) => person.join(room),
      ({ page }) => page.getByRole("img", { name: /^QR code/ }),
    ],
  ]);
  await fills(ada, room, server.socketUrl);
  await holds(ada, [
    ["a full room", async () => undefined, ({ page }) => page.getByText("Message deleted")],
    [
      "tools of a message",
      async (person) => lineOf(person, "🎉").getByText("🎉").hover(),
      (person) => lineOf(person, "🎉").getByRole("group", { name: "Actions" }),
    ],
    ["menu of a message", (person) => usesTool(person, "🎉", "More actions"), menuOf],
    [
      "a message that is too long",
      async (person) => {
        await person.page.keyboard.press("Escape");
        await person.composer.fill("x".repeat(5_000));
      },
      ({ page }) => page.locator("textarea[aria-invalid=true]"),
    ],
    [
      "a message that is not there",
      ({ page }) => page.goto(`/r/${room}#999`),
      ({ page }) => page.getByText("No message in this room has that number."),
    ],
  ]);
});

test("axe finds nothing where emoji and names are picked", async ({ meet, room }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.join(room);
  await ada.say("🎉");
  await ada.hasSentAll();
  await holds(ada, [
    [
      "emoji for a reaction",
      async (person) => {
        await usesTool(person, "🎉", "More actions");
        await menuOf(person).getByRole("menuitem", { name: "More emoji" }).click();
      },
      (person) => dialog(person, "React with an emoji").getByRole("button", { name: "sailboat" }),
    ],
    [
      "no emoji of that name",
      ({ page }) => page.getByRole("searchbox").fill("qqqq"),
      ({ page }) => page.getByText("No emoji goes by that name."),
    ],
    [
      "a reply being written, and suggestions",
      then(async (person) => {
        await chooses(person, "🎉", "Reply");
        await person.composer.fill(":tad");
      }),
      ({ page }) => page.getByRole("option", { selected: true }),
    ],
  ]);
});

test("axe finds nothing in what opens over a room", async ({ meet, room, server }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.join(room);
  const ben = await PlainClient.join(server.socketUrl, room, "Ben");
  await ada.seesCount(2);
  await holds(ada, [
    [
      "invite people",
      presses("Invite"),
      (person) => dialog(person, "Invite people").getByRole("img", { name: /^QR code/ }),
    ],
    [
      "notifications",
      then(presses("Notifications")),
      ({ page }) => page.getByLabel("Mute this room"),
    ],
    [
      "shortcuts",
      then(async (person) => {
        await button(person, "Leave room").focus();
        await person.page.keyboard.press("?");
      }),
      (person) => dialog(person, /Shortcuts/),
    ],
    [
      "name and topic",
      then(presses("Edit name and topic")),
      (person) => dialog(person, "Name and topic").getByRole("textbox", { name: "Name" }),
    ],
    [
      "people, one of them typing",
      then(async (person) => {
        await person.seesPeople("Ada", "Ben");
        ben.send("typing", { on: true });
      }),
      ({ page }) => page.getByText("Ben is typing"),
    ],
    ["another name", presses("Change your name"), (person) => person.yourName],
    [
      "a room that was open before, among others",
      async (person) => {
        await person.join(`${room}-2`);
      },
      ({ page }) => page.getByRole("list", { name: "Rooms" }).getByRole("link", { name: room }),
    ],
  ]);
});

test("axe finds nothing on a phone", async ({ meet, room, server }) => {
  const ada = await meet("Ada", PHONE);
  await holds(ada, [
    ["start", ({ page }) => page.goto("/"), (person) => person.roomCode],
    [
      "an invitation",
      ({ page }) => page.goto(`/r/${room}`),
      ({ page }) => page.getByText("Nobody is here now"),
    ],
    [
      "an empty room",
      (person) => person.entersAs("Ada"),
      ({ page }) => page.getByRole("img", { name: /^QR code/ }),
    ],
  ]);
  await fills(ada, room, server.socketUrl, true);
  await holds(ada, [
    ["a full room", async () => undefined, ({ page }) => page.getByText("Message deleted")],
    ["menu of a message", (person) => usesTool(person, "🎉", "More actions"), menuOf],
    [
      "people",
      then((person) => person.seesPeople("Ada", "Ben")),
      ({ page }) => page.getByRole("list", { name: "People" }),
    ],
    ["room", then(presses("Room options")), ({ page }) => page.getByLabel("Mute this room")],
    [
      "name and topic",
      presses("Edit name and topic"),
      (person) => dialog(person, "Name and topic").getByRole("textbox", { name: "Name" }),
    ],
    ["rooms", then(presses("Rooms")), (person) => dialog(person, "Rooms")],
    ["invite people", then(presses("Invite")), (person) => dialog(person, "Invite people")],
  ]);
});

test("axe finds nothing while the connection changes", async ({ meet, room, server }) => {
  const ada = await meet("Ada", DESKTOP);
  await ada.join(room);
  await ada.say("Sent in time");
  await ada.hasSentAll();
  await holds(ada, [
    [
      "away, with messages that wait",
      async (person) => {
        await server.kill();
        await person.seesReconnecting();
        await person.say("Queued meanwhile");
      },
      ({ messages }) => messages.getByText("Queued", { exact: true }),
    ],
  ]);
  await server.start();
  await ada.hasSentAll();
  await ada.page.evaluate(([key, text]) => localStorage.setItem(key, text), [
    `parley.draft.${room}`,
    `Half ${String.fromCharCode(0xd83d)}`,
  ] as const);
  await ada.reloads();
  await holds(ada, [
    [
      "a message that was refused",
      (person) => person.composer.press("Enter"),
      ({ messages }) => messages.getByRole("button", { name: "Discard" }),
    ],
  ]);
});
