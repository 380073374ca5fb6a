import { type Locator } from "@playwright/test";
import { HttpTarget } from "@parley/testkit/http-target";
import type { ServerProcess } from "@parley/testkit/server-process";
import { axeFindings } from "./axe.ts";
import { test as base, expect } from "./fixture.ts";
import type { Person } from "./people.ts";
import { startServer } from "./server.ts";
import { textsAt } from "./webhook-target.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const test = base.extend<{ target: HttpTarget }, { readonly workersServer: ServerProcess }>({
  workersServer: [
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await startServer({ env: { OUTBOUND_ALLOW: "127.0.0.1" } });
      await use(server);
      await server.dispose();
    },
    { scope: "worker" },
  ],
  // oxlint-disable-next-line no-empty-pattern
  target: async ({}, use) => {
    const target = await HttpTarget.start();
    target.status = 204;
    await use(target);
    target.close();
  },
});

const sheetOf = ({ page }: Person) => page.getByRole("dialog", { name: "Hooks" });
const itemOf = (person: Person, name: string) =>
  sheetOf(person).getByRole("listitem").filter({ hasText: name });

/** Opens the hooks from the panel of people. */
async function opensHooks(person: Person, ...others: string[]): Promise<void> {
  await person.seesPeople(person.name, ...others);
  await person.page.getByRole("button", { name: "Hooks", exact: true }).click();
  await expect(sheetOf(person).getByRole("button", { name: "New hook" })).toBeVisible();
}

async function makes(
  person: Person,
  kind: "New hook" | "New webhook",
  name: string,
  address?: string,
): Promise<Locator> {
  const sheet = sheetOf(person);
  await sheet.getByRole("button", { name: kind }).press("Enter");
  await expect(sheet.getByRole("textbox", { name: "Name" })).toBeFocused();
  await sheet.getByRole("textbox", { name: "Name" }).fill(name);
  if (address !== undefined) await sheet.getByRole("textbox", { name: "Address" }).fill(address);
  await sheet.getByRole("textbox", { name: "Name" }).press("Enter");
  await expect(itemOf(person, name)).toBeVisible();
  return itemOf(person, name);
}

async function revokes(person: Person, name: string): Promise<void> {
  await itemOf(person, name).getByRole("button", { name: "Revoke", exact: true }).press("Enter");
  await expect(itemOf(person, name).getByRole("button", { name: "Keep" })).toBeFocused();
  await itemOf(person, name).getByRole("button", { name: "Revoke for good" }).click();
  await expect(itemOf(person, name)).toHaveCount(0);
}

function post(address: string, body: object): Promise<Response> {
  const headers = { "Content-Type": "application/json" };
  return fetch(address, { method: "POST", headers, body: JSON.stringify(body) });
}

test("a hook is made, copied and revoked, and what programs send there has a badge", async ({
  meet,
  room,
  address,
}) => {
  const ada = await meet("Ada", { permissions: ["clipboard-read", "clipboard-write"] });
  const ben = await meet("Ben");
  await ada.join(room);
  await opensHooks(ada);
  expect(await axeFindings(ada)).toEqual([]);
  const item = await makes(ada, "New hook", "Builds");
  const copy = item.getByRole("button", { name: "Copy address" });
  await expect(copy).toBeFocused();
  const shown = item.getByRole("group", { name: /^The address: http/ });
  await expect(shown).toHaveAttribute("title", /\/hooks\/[\w-]{22}$/);
  const lines = await shown.evaluate((code) => {
    const words = document.createRange();
    words.selectNodeContents(code);
    return words.getClientRects().length;
  });
  expect(lines).toBe(1);
  await copy.press("Enter");
  await ada.hasSeen(/^The address is copied\./);
  const hook = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(hook).toMatch(new RegExp(`^${RegExp.escape(address)}/hooks/[\\w-]{22}$`));
  await expect(item).toContainText(`curl -d 'Hello from a program' ${hook}`);
  expect(await axeFindings(ada)).toEqual([]);

  await ben.join(room);
  expect((await post(hook, { text: "As for Slack" })).status).toBe(201);
  expect((await post(hook, { content: "As for Discord", username: "Ada" })).status).toBe(201);
  await ben.seesInOrder("As for Slack", "As for Discord");
  const first = ben.messages.getByRole("article", { name: /^Builds, hook, / }).first();
  await expect(first).toContainText("As for Slack");
  await expect(first.getByText("hook", { exact: true })).toBeVisible();
  await item.getByRole("button", { name: "Send a test" }).click();
  await expect(item.getByRole("status")).toHaveText("It works: the test is in the room.");
  await ben.sees("A test by Ada.");
  expect(await axeFindings(ben)).toEqual([]);

  await ada.reloads();
  await opensHooks(ada, "Ben");
  await itemOf(ada, "Builds").getByRole("button", { name: "How to use" }).click();
  await expect(itemOf(ada, "Builds").getByText(hook, { exact: true })).toBeVisible();
  await revokes(ada, "Builds");
  await expect(sheetOf(ada).getByRole("heading", { name: "Programs that write" })).toBeFocused();
  expect((await post(hook, { text: "late" })).status).toBe(404);
});

test("[H5] a webhook is told what is said until it is revoked", async ({ meet, room, target }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await opensHooks(ada);
  const item = await makes(ada, "New webhook", "Mirror", `http://${target.host}/first`);
  await expect(item).toContainText(`To ${target.host}, made by you`);
  await expect(item.getByRole("button", { name: "Copy signing secret" })).toBeFocused();
  const secret = await item.getByText(/^whsec_/).innerText();
  await item.getByRole("button", { name: "Send a test" }).click();
  await expect(item.getByRole("status")).toHaveText(`It works: ${target.host} answered with 204.`);
  expect(await axeFindings(ada)).toEqual([]);
  await ada.page.keyboard.press("Escape");
  await ada.say("Told");
  await expect.poll(() => textsAt(target, "/first", secret)).toEqual(["Told"]);

  await opensHooks(ada);
  await expect(itemOf(ada, "Mirror").getByText(/^whsec_/)).toHaveCount(0);
  await revokes(ada, "Mirror");
  // What comes to the next one shows that nothing came to this one before.
  const next = await makes(ada, "New webhook", "Next", `http://${target.host}/next`);
  const nextSecret = await next.getByText(/^whsec_/).innerText();
  await ada.page.keyboard.press("Escape");
  await ada.say("Told to the next");
  await expect.poll(() => textsAt(target, "/next", nextSecret)).toEqual(["Told to the next"]);
  expect(textsAt(target, "/first", secret)).toEqual(["Told"]);
});

test("what is wrong with a hook is said in words, also on a phone and without a connection", async ({
  meet,
  room,
  server,
}) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Room options" }).tap();
  await ada.page.getByRole("button", { name: "Hooks", exact: true }).tap();
  const sheet = sheetOf(ada);
  await sheet.getByRole("button", { name: "New webhook" }).tap();
  await sheet.getByRole("button", { name: "Create" }).tap();
  await expect(sheet.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(
    "Give it a name.",
  );
  await sheet.getByRole("textbox", { name: "Name" }).fill("Inside");
  await sheet.getByRole("textbox", { name: "Address" }).fill("http://localhost/in");
  await sheet.getByRole("button", { name: "Create" }).tap();
  await expect(sheet.getByRole("alert")).toHaveText(/^The address must begin with https/);
  expect(await axeFindings(ada)).toEqual([]);
  // The page complains of the refusal, too.
  await expect.poll(() => ada.troubles.splice(0)).toHaveLength(1);

  await sheet.getByRole("button", { name: "Cancel" }).tap();
  await server.kill();
  await expect(sheet.getByText(/^You are not connected\./)).toBeVisible();
  await makesInVain(sheet);
  await server.start();
  await expect(sheet.getByRole("textbox", { name: "Name" })).toHaveValue("Kept");
  await sheet.getByRole("button", { name: "Create" }).tap();
  await expect(itemOf(ada, "Kept")).toBeVisible();
});

/** Tries to make a hook while the server is away. What was typed stays. */
async function makesInVain(sheet: Locator): Promise<void> {
  await sheet.getByRole("button", { name: "New hook" }).tap();
  await sheet.getByRole("textbox", { name: "Name" }).fill("Kept");
  await sheet.getByRole("button", { name: "Create" }).tap();
  await expect(sheet.getByRole("alert")).toHaveText(/^The server did not answer\./);
}
