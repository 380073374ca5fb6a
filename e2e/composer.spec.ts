import { expect, test } from "./fixture.ts";

test.describe("the arrow up in an empty box", () => {
  test("edits one's last message, for everybody", async ({ meet, room }) => {
    const ada = await meet("Ada");
    const ben = await meet("Ben");
    await ada.join(room);
    await ben.join(room);
    await ada.say("At nine");
    await ben.say("Fine");
    await ada.sees("Fine");
    await ada.composer.press("ArrowUp");
    await expect(ada.composer).toHaveValue("At nine");
    await expect(ada.composer).toBeFocused();
    await ada.composer.press("End");
    await ada.composer.pressSequentially(" thirty");
    await ada.composer.press("Enter");
    for (const person of [ada, ben]) {
      await person.sees("At nine thirty");
      await person.doesNotSee("At nine");
      await expect(person.messages.getByText("edited", { exact: true })).toHaveCount(1);
    }
    await expect(ada.composer).toHaveValue("");
    await expect(ada.composer).toBeFocused();
  });

  test("changes nothing where Escape follows", async ({ meet, room }) => {
    const ada = await meet("Ada");
    await ada.join(room);
    await ada.say("As it is");
    await ada.sees("As it is");
    await ada.composer.press("ArrowUp");
    await expect(ada.page.getByText("Editing your message")).toBeVisible();
    await ada.composer.fill("Otherwise");
    await ada.composer.press("Escape");
    await expect(ada.page.getByText("Editing your message")).toHaveCount(0);
    await expect(ada.composer).toHaveValue("");
    await expect(ada.composer).toBeFocused();
    await ada.say("And on");
    await ada.seesInOrder("As it is", "And on");
  });

  test("[D5] edits while the server is away: shown at once, sent by itself", async ({
    meet,
    room,
    server,
  }) => {
    const ada = await meet("Ada");
    const ben = await meet("Ben");
    await ada.join(room);
    await ben.join(room);
    await ada.say("Before");
    await ben.sees("Before");
    await server.kill();
    await ada.seesReconnecting();
    await ada.composer.press("ArrowUp");
    await ada.composer.fill("After");
    await ada.composer.press("Enter");
    await ada.sees("After");
    await expect(ada.messages.getByText("Queued")).toHaveCount(1);
    await server.start();
    await ben.sees("After");
    await expect(ada.messages.getByText("Queued")).toHaveCount(0);
    await ada.sees("After");
  });
});

test("what is pasted keeps its lines", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.join(room);
  await ada.page.evaluate(() => navigator.clipboard.writeText("one\r\ntwo\n\n  three"));
  await ada.composer.focus();
  await ada.page.keyboard.press("ControlOrMeta+v");
  await expect(ada.composer).toHaveValue("one\ntwo\n\n  three");
  await ada.composer.press("Enter");
  await expect(ada.messages.getByText("three")).toHaveText("one two three");
});
