import {
  expect,
  type Browser,
  type BrowserContext,
  type Locator,
  type Page,
} from "@playwright/test";
import { countStored, noteWhatShows, waitBriefly, type Noting } from "./page-scripts.ts";

/** How a person's browser is set up, if it matters. */
export interface Habits {
  readonly colorScheme?: "light" | "dark";
  readonly viewport?: { readonly width: number; readonly height: number };
  /** A phone: touch, and no pointer that hovers. */
  readonly hasTouch?: boolean;
  readonly isMobile?: boolean;
  /** `block`: as in a browser without service workers. */
  readonly serviceWorkers?: "allow" | "block";
  readonly reducedMotion?: "reduce" | "no-preference";
  /** Permissions that the browser grants without asking. */
  readonly permissions?: string[];
  /** What the page costs is measured: nothing of a test runs in it, and `hasSeen` knows nothing. */
  readonly isMeasured?: boolean;
}

/** Gives a person a separate browser context: nothing is shared with others. */
export async function meetPerson(
  browser: Browser,
  url: string,
  name: string,
  { isMeasured = false, ...habits }: Habits = {},
): Promise<Person> {
  const context = await browser.newContext({ baseURL: url, ...habits });
  if (!isMeasured) {
    await context.addInitScript(waitBriefly);
    await context.addInitScript(noteWhatShows);
  }
  return new Person(name, context, await context.newPage());
}

/** Where a browser keeps what the server does not have yet. */
const OUTBOX = ["parley", "outbox"] as const;

/** A person at a browser: actions, and things to wait for. */
export class Person {
  readonly name: string;
  readonly page: Page;
  /** Everything that the page reported: console errors, exceptions, dialogs. */
  readonly troubles: string[] = [];
  /** How often the browser asked whether to leave the page; the answer is yes. */
  timesAskedToStay = 0;
  readonly #context: BrowserContext;

  constructor(name: string, context: BrowserContext, page: Page) {
    this.name = name;
    this.page = page;
    this.#context = context;
    page.on("console", (message) => {
      if (message.type() === "error" && !isLostConnection(message.text())) {
        this.troubles.push(message.text());
      }
    });
    page.on("pageerror", (error) => this.troubles.push(error.message));
    page.on("dialog", (dialog) => {
      if (dialog.type() === "beforeunload") {
        this.timesAskedToStay += 1;
        return void dialog.accept();
      }
      this.troubles.push(`dialog: ${dialog.message()}`);
      return void dialog.dismiss();
    });
  }

  get messages(): Locator {
    return this.page.getByRole("log", { name: "Messages" });
  }
  get composer(): Locator {
    return this.page.getByRole("textbox", { name: "Message", exact: true });
  }
  get status(): Locator {
    return this.page.getByRole("status").filter({ hasText: "Reconnecting" });
  }
  get roomCode(): Locator {
    return this.page.getByRole("textbox", { name: "Room code" });
  }
  get yourName(): Locator {
    return this.page.getByRole("textbox", { name: "Your name" });
  }

  /** Joins a further room, under the name that this browser has already. */
  async joinsAnother(room: string): Promise<void> {
    await this.page.getByRole("link", { name: "Join or start another" }).click();
    await this.roomCode.fill(room);
    await this.roomCode.press("Enter");
    await this.isInRoom();
  }

  /** Opens the start page, fills in the code and a name, and joins. */
  async join(room: string): Promise<void> {
    await this.page.goto("/");
    await this.roomCode.fill(room);
    await this.entersAs(this.name);
  }

  /** Follows the link of a room, as from an invitation, and joins. */
  async follows(room: string): Promise<void> {
    await this.page.goto(`/r/${room}`);
    await this.entersAs(this.name);
  }

  /** Fills in a name and joins. */
  async entersAs(name: string): Promise<void> {
    await this.yourName.fill(name);
    await this.page.getByRole("button", { name: "Join room" }).click();
    await this.isInRoom();
  }

  async isInRoom(): Promise<void> {
    await expect(this.composer).toBeVisible();
    await expect(this.#countButton()).toBeVisible();
  }

  /** Opens the same room in another tab of the same browser. */
  async opensAnotherTab(): Promise<Person> {
    const page = await this.#context.newPage();
    const tab = new Person(this.name, this.#context, page);
    await page.goto(this.page.url());
    return tab;
  }

  async say(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
    await expect(this.composer).toHaveValue("");
  }

  /** Sends a message with the button, by touch. */
  async taps(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.page.getByRole("button", { name: "Send" }).tap();
    await expect(this.composer).toHaveValue("");
  }

  /** Waits until the server has everything that was written here. */
  async hasSentAll(): Promise<void> {
    // Where it says so, it is not said in the first moment.
    await expect.poll(() => this.page.evaluate(countStored, OUTBOX)).toBe(0);
    for (const state of ["Queued", "Sending…"]) {
      await expect(this.messages.getByText(state, { exact: true })).toHaveCount(0);
    }
  }

  /** Waits until a message with exactly this text is in the log, once. */
  async sees(text: string): Promise<void> {
    await expect(this.#message(text)).toHaveCount(1);
    await expect(this.#message(text)).toBeVisible();
  }

  /** Checks at once that a message is not in the log: first wait for something that comes later. */
  async doesNotSee(text: string): Promise<void> {
    await expect(this.#message(text)).toHaveCount(0);
  }

  /** Waits until these messages are in the log in this order. */
  async seesInOrder(...texts: string[]): Promise<void> {
    const inOrder = new RegExp(texts.map((text) => RegExp.escape(text)).join(".*"), "s");
    await expect(this.messages).toHaveText(inOrder);
  }

  /**
   * Waits until this many members, oneself included, are shown.
   * @param withinMs how long that may take, if longer than usual
   */
  async seesCount(people: number, withinMs?: number): Promise<void> {
    const name = new RegExp(`\\b${people} (person|people)\\b`);
    await expect(this.#countButton()).toHaveAccessibleName(
      name,
      withinMs === undefined ? {} : { timeout: withinMs },
    );
  }

  /** Waits until the list of members has exactly these names. */
  async seesPeople(...names: string[]): Promise<void> {
    const list = this.page.getByRole("list", { name: "People" });
    if (!(await list.isVisible())) await this.#countButton().click();
    await expect(list.getByRole("listitem")).toHaveCount(names.length);
    for (const name of names) {
      await expect(list.getByRole("listitem").filter({ hasText: name })).toHaveCount(1);
    }
  }

  async hidesPeople(): Promise<void> {
    await this.page.getByRole("button", { name: "Close", exact: true }).click();
    await expect(this.page.getByRole("list", { name: "People" })).toBeHidden();
  }

  /** Waits until exactly this many messages are pending. */
  async seesQueued(messages: number): Promise<void> {
    await expect(this.messages.getByText("Queued", { exact: true })).toHaveCount(messages);
  }

  /** Waits until this is visible or was since the page was opened: such texts disappear again. */
  async hasSeen(text: RegExp): Promise<void> {
    const texts = () => this.page.evaluate(() => (window as Noting).shownTexts ?? []);
    await expect
      .poll(async () => (await texts()).some((shown) => text.test(shown)), `${text} was seen`)
      .toBe(true);
  }

  async seesReconnecting(): Promise<void> {
    await expect(this.status).toBeVisible();
  }

  async seesNoReconnecting(): Promise<void> {
    await expect(this.status).toHaveCount(0);
  }

  /** Turns to another tab or window: the page stays open, but hidden. */
  async looksAway(): Promise<void> {
    await this.page.evaluate(() => {
      Object.defineProperty(document, "visibilityState", {
        configurable: true,
        get: () => "hidden",
      });
      document.hasFocus = () => false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
  }

  /** Turns back to the page. */
  async looksBack(): Promise<void> {
    await this.page.evaluate(() => {
      Reflect.deleteProperty(document, "visibilityState");
      Reflect.deleteProperty(document, "hasFocus");
      document.dispatchEvent(new Event("visibilitychange"));
    });
  }

  /** Leaves the room by its button. */
  async leaves(): Promise<void> {
    await this.page.getByRole("button", { name: "Leave room" }).click();
    await expect(this.roomCode).toBeVisible();
  }

  async reloads(): Promise<void> {
    await this.page.reload();
  }

  /** Closes the browser abruptly, like closing a laptop. */
  async goes(): Promise<void> {
    await this.#context.close();
  }

  #message(text: string): Locator {
    return this.messages.getByText(text, { exact: true });
  }

  #countButton(): Locator {
    return this.page.getByRole("button", { name: /\b\d+ (person|people)\b/ });
  }
}

/** A browser logs that a server is away as an error; that is not the page's fault. */
function isLostConnection(text: string): boolean {
  return /WebSocket connection to|net::ERR_/.test(text);
}
