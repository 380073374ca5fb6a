import { PlainClient } from "@parley/testkit/plain-client";
import type { ServerProcess } from "@parley/testkit/server-process";
import { chooses, menuOf, usesTool } from "../e2e/message-actions.ts";
import type { Person } from "../e2e/people.ts";

/** The room of the pictures. */
export const ROOM = "lake-trip";

/** The messages in the pictures, and their authors. */
const talk = [
  ["Ben", "Morning! Is the ferry still at 9:40?"],
  ["Cleo", "It is. I checked: https://example.org/ferry"],
  ["Cleo", "Meet at the blue kiosk, ten minutes before?"],
  ["Ben", "Good. I bring coffee, somebody bring the map.\nThe paper one, the lake has no signal."],
  ["Cleo", "🗺️"],
] as const;

const LAST = "Map is packed. See you at the kiosk.";

/** Ben and Cleo join the room and talk; Ada, who is there, answers. */
export async function haveTalk(ada: Person, url: string): Promise<Map<string, PlainClient>> {
  const others = new Map<string, PlainClient>();
  for (const name of ["Ben", "Cleo"]) others.set(name, await PlainClient.join(url, ROOM, name));
  for (const [name, message] of talk) {
    others.get(name)?.send("chat", { message });
    await others.get(name)?.next("chat");
  }
  await says(ada, LAST);
  await ada.sees(LAST);
  return others;
}

/** Goes through both screens in each of their states. `shoot` takes a picture of each. */
export async function visit(
  ada: Person,
  server: ServerProcess,
  shoot: (what: string) => Promise<void>,
): Promise<void> {
  const { page } = ada;
  const isNarrow = (page.viewportSize()?.width ?? 0) < 960;
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const close = async () => page.keyboard.press("Escape");

  await page.goto("/");
  await ada.roomCode.waitFor();
  await shoot("join");
  await ada.roomCode.fill("not a code!");
  await button("Join room").click();
  await page.locator("[aria-invalid=true]").first().waitFor();
  await shoot("join-error");
  await page.goto(`/r/${ROOM}`);
  await page.getByText("Nobody is here now").waitFor();
  await shoot("invitation");
  await ada.entersAs("Ada");
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
  await shoot("room-empty");

  const others = await haveTalk(ada, server.socketUrl);
  await shoot("room-busy");
  await ada.seesPeople("Ada", "Ben", "Cleo");
  await shoot("room-people");
  await ada.hidesPeople();

  await chooses(ada, "🗺️", "👍");
  await chooses(ada, "🗺️", "Pin");
  await chooses(ada, "🗺️", "Reply");
  await ada.composer.fill("@b");
  await page.getByRole("option").first().waitFor();
  others.get("Ben")?.send("typing", { on: true });
  await page.getByText("Ben is typing").waitFor();
  await shoot("room-reply");
  await ada.composer.fill("");
  await button("Cancel reply").click();

  await usesTool(ada, "🗺️", "More actions");
  await menuOf(ada).waitFor();
  await shoot("message-menu");
  await menuOf(ada).getByRole("menuitem", { name: "More emoji" }).click();
  await page.getByRole("button", { name: "sailboat" }).waitFor();
  await shoot("emoji");
  await close();
  await button("Invite").click();
  await page.getByRole("dialog", { name: "Invite people" }).waitFor();
  await shoot("invite");
  await close();
  await button(isNarrow ? "Room options" : "Notifications").click();
  await page.getByLabel("Mute this room").waitFor();
  await shoot("settings");
  if (!isNarrow) await close();
  await button("Edit name and topic").click();
  await page.getByRole("textbox", { name: "Topic" }).fill("Who brings what");
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("Lake trip");
  await shoot("name-and-topic");
  await page.getByRole("textbox", { name: "Topic" }).press("Enter");
  await ada.messages.getByText("set the topic").waitFor();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: /Shortcuts/ }).waitFor();
  await shoot("shortcuts");
  await close();
  if (isNarrow && (await button("Rooms").isVisible())) {
    await button("Rooms").click();
    await page.getByRole("dialog", { name: "Rooms" }).waitFor();
    await shoot("rooms");
    await close();
  }

  await refused(ada);
  await shoot("room-failed");
  await ada.messages.getByRole("button", { name: "Discard" }).click();

  await server.kill();
  await ada.seesReconnecting();
  await says(ada, "I am at the kiosk already.");
  await says(ada, "No signal yet, this waits.");
  await shoot("room-offline");
}

/** Sends a message with the button: on a phone, Enter breaks the line. */
async function says(person: Person, text: string): Promise<void> {
  await person.composer.fill(text);
  await sends(person);
}

async function sends({ page, composer }: Person): Promise<void> {
  await page.getByRole("button", { name: "Send" }).click();
  // The box keeps the focus only where no keyboard of the screen opens.
  await composer.focus();
}

/** Sends what the server refuses: half a character, which a composer accepts. */
async function refused(person: Person): Promise<void> {
  await person.page.evaluate(
    (key) => localStorage.setItem(key, `The map is in the car ${String.fromCharCode(0xd83d)}`),
    `parley.draft.${ROOM}`,
  );
  await person.reloads();
  await sends(person);
  await person.messages.getByRole("button", { name: "Discard" }).waitFor();
}
