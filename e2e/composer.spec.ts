import { expect, test } from "./fixture.ts";
import { withoutFieldSizing } from "./page-scripts.ts";

test.describe("arrow up in an empty box", () => {
  test("edits one's last message, for everybody", async ({ meetInRoom }) => {
    const [ada, ben] = await meetInRoom("Ada", "Ben");
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

  test("changes nothing after Escape", async ({ meet, room }) => {
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
    meetInRoom,
    server,
  }) => {
    const [ada, ben] = await meetInRoom("Ada", "Ben");
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

test("pasted text keeps its lines", async ({ meet, room }) => {
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

test("Shift+Enter breaks the line and sends nothing", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially("one");
  await ada.composer.press("Shift+Enter");
  await ada.composer.pressSequentially("two");
  await expect(ada.composer).toHaveValue("one\ntwo");
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("");
  await expect(ada.messages.getByText("two")).toHaveText("one two");
  await expect(ada.messages.getByRole("article")).toHaveCount(1);
});

test("on a phone, Enter breaks the line and the button sends", async ({ meet, room }) => {
  const viewport = { width: 390, height: 844 };
  const ada = await meet("Ada", { viewport, hasTouch: true, isMobile: true });
  await ada.join(room);
  await ada.composer.tap();
  await ada.page.keyboard.type("one");
  await ada.page.keyboard.press("Enter");
  await ada.page.keyboard.type("two");
  await expect(ada.composer).toHaveValue("one\ntwo");
  await ada.page.getByRole("button", { name: "Send" }).tap();
  await expect(ada.composer).toHaveValue("");
  await expect(ada.messages.getByText("two")).toHaveText("one two");
  await expect(ada.messages.getByRole("article")).toHaveCount(1);
});

test("the Enter that ends a composition of an input method does not send", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.fill("abc");
  // Safari reports it in the second way.
  for (const composing of [{ isComposing: true }, { keyCode: 229 }]) {
    const isLeft = await ada.composer.evaluate((box, composing) => {
      const init = { key: "Enter", bubbles: true, cancelable: true, ...composing };
      return box.dispatchEvent(new KeyboardEvent("keydown", init));
    }, composing);
    expect(isLeft).toBe(true);
    await expect(ada.composer).toHaveValue("abc");
  }
  await ada.composer.press("Enter");
  await ada.sees("abc");
});

test("the box grows with its lines to a limit, then scrolls, and shrinks again", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  await ada.join(room);
  const heightOf = async (lines: number) => {
    await ada.composer.fill(Array.from({ length: lines }, (_, at) => `Line ${at}`).join("\n"));
    await ada.page.evaluate(() => new Promise(requestAnimationFrame));
    return ada.composer.evaluate(({ clientHeight, scrollHeight }) => ({
      box: clientHeight,
      hidden: scrollHeight - clientHeight,
    }));
  };
  const [one, three, thirty, sixty] = [
    await heightOf(1),
    await heightOf(3),
    await heightOf(30),
    await heightOf(60),
  ];
  expect(three.box).toBeGreaterThan(one.box);
  expect([one.hidden, three.hidden]).toEqual([0, 0]);
  expect(thirty.box).toBeGreaterThan(three.box);
  expect(sixty.box).toBe(thirty.box);
  expect(sixty.hidden).toBeGreaterThan(thirty.hidden);
  await expect(ada.composer).toBeInViewport({ ratio: 1 });

  await ada.composer.press("ControlOrMeta+End");
  await ada.composer.pressSequentially("!");
  const below = () =>
    ada.composer.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  await expect.poll(below).toBeLessThan(one.box);
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("");
  await expect.poll(() => ada.composer.evaluate((box) => box.clientHeight)).toBe(one.box);
});

test("without field-sizing, too, the box grows as it becomes narrower", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.page.addInitScript(withoutFieldSizing);
  await ada.join(room);
  await ada.composer.fill("several words that need more lines on a phone ".repeat(3));
  const hidden = () => ada.composer.evaluate((box) => box.scrollHeight - box.clientHeight);
  const height = () => ada.composer.evaluate((box) => box.clientHeight);
  expect(await hidden()).toBe(0);
  const wide = await height();
  await ada.page.setViewportSize({ width: 360, height: 740 });
  await expect.poll(hidden).toBe(0);
  expect(await height()).toBeGreaterThan(wide);
});

test("each room has its own draft", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.fill("Half a thought");
  await ada.leaves();
  await ada.join(`${room}-2`);
  await expect(ada.composer).toHaveValue("");
  await ada.composer.fill("Another half");
  await ada.leaves();
  await ada.join(room);
  await expect(ada.composer).toHaveValue("Half a thought");
});

test("the box has the direction of its text", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.fill("שלום לכולם");
  await expect(ada.composer).toHaveCSS("direction", "rtl");
  await ada.composer.fill("hello");
  await expect(ada.composer).toHaveCSS("direction", "ltr");
});

test("a message says that it is on its way until the server has it", async ({ meet, room }) => {
  const ada = await meet("Ada");
  let held = Promise.resolve();
  await ada.page.routeWebSocket("**/ws*", (near) => {
    near.connectToServer().onMessage((frame) => void held.then(() => near.send(frame)));
  });
  await ada.join(room);
  const { promise, resolve: release } = Promise.withResolvers<void>();
  held = promise;
  await ada.say("By carrier pigeon");
  const state = ada.messages.getByText("Sending…", { exact: true });
  // It shows only if the answer takes a while.
  await expect(state).toHaveCSS("opacity", "1");
  release();
  await expect(state).toHaveCount(0);
  await ada.sees("By carrier pigeon");
});

test("typing anywhere goes into the box, and an emoji to the caret", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.page.getByRole("button", { name: "Leave room" }).focus();
  await ada.page.keyboard.type("Fine");
  await expect(ada.composer).toHaveValue("Fine");
  await expect(ada.composer).toBeFocused();

  const pressed = Promise.withResolvers<void>();
  await ada.page.route(/emoji-list/, async (route) => {
    await pressed.promise;
    await route.continue();
  });
  await ada.page.getByRole("button", { name: "Emoji" }).click();
  await expect(ada.page.getByRole("button", { name: "Emoji", expanded: true })).toBeVisible();
  const picker = ada.page.getByRole("dialog", { name: "Choose an emoji" });
  await picker.getByRole("searchbox").fill("tada");
  await ada.page.keyboard.press("Enter");
  await expect(picker).toBeVisible();
  // The names of the emoji may come later.
  pressed.resolve();
  await expect(picker).toHaveCount(0);
  await expect(ada.composer).toHaveValue("Fine🎉");
  await expect(ada.composer).toBeFocused();
});
