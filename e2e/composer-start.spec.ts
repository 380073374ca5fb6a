import { expect, test } from "./fixture.ts";
import { chooses } from "./message-actions.ts";

test("typing continues the text that is in the box", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.say("My own words");
  await ada.hasSentAll();

  await ada.composer.press("ArrowUp");
  await expect(ada.composer).toHaveValue("My own words");
  await ada.page.keyboard.type(", changed");
  await ada.composer.press("Enter");
  await ada.sees("My own words, changed");

  await chooses(ada, "My own words, changed", "Edit");
  await ada.page.keyboard.type(" twice");
  await ada.composer.press("Enter");
  await ada.sees("My own words, changed twice");

  await ada.page.keyboard.type("A draft");
  await ada.reloads();
  await ada.isInRoom();
  await expect(ada.composer).toBeFocused();
  await ada.page.keyboard.type(" goes on");
  await expect(ada.composer).toHaveValue("A draft goes on");
});

test("a dropped or pasted file goes into the tray, and the page stays", async ({ meet, room }) => {
  const ada = await meet("Ada");
  const drop = () =>
    ada.page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "plan.txt", { type: "text/plain" }));
      const dropped = ["dragover", "drop"].map((type) => {
        const init = { bubbles: true, cancelable: true, dataTransfer };
        const event = new DragEvent(type, init);
        document.body.dispatchEvent(event);
        return event.defaultPrevented;
      });
      return dropped;
    });
  await ada.page.goto("/");
  await expect(ada.roomCode).toBeVisible();
  expect(await drop()).toEqual([true, true]);

  await ada.join(room);
  expect(await drop()).toEqual([true, true]);
  const tray = ada.page.getByRole("region", { name: "Files to send" }).getByRole("listitem");
  await expect(tray).toHaveCount(1);
  await tray.getByRole("button", { name: "Remove plan.txt" }).click();
  await expect(tray).toHaveCount(0);

  const paste = (text: string) =>
    ada.composer.evaluate((box, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File(["x"], "plan.txt", { type: "text/plain" }));
      if (pasted !== "") clipboardData.setData("text/plain", pasted);
      const event = new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData });
      box.dispatchEvent(event);
      return event.defaultPrevented;
    }, text);
  // A word processor adds a picture of the text; the text counts.
  expect(await paste("cells of a table")).toBe(false);
  await expect(tray).toHaveCount(0);
  expect(await paste("")).toBe(true);
  await expect(tray).toHaveCount(1);
});
