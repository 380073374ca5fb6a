import type { Locator } from "@playwright/test";
import { axeFindings } from "./axe.ts";
import { expect, test } from "./fixture.ts";
import type { Person } from "./people.ts";

/** The suggestions above the box. */
const suggestions = ({ page }: Person): Locator =>
  page.getByRole("listbox", { name: "Suggestions" });

test("an emoji is found by its name, by keyboard alone", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially("well :par");
  await expect(suggestions(ada).getByRole("option")).not.toHaveCount(0);
  const first = suggestions(ada).getByRole("option").first();
  await expect(first).toHaveAttribute("aria-selected", "true");
  await expect(ada.composer).toHaveAttribute(
    "aria-activedescendant",
    (await first.getAttribute("id")) ?? "",
  );

  await ada.composer.press("ArrowDown");
  await expect(first).toHaveAttribute("aria-selected", "false");
  await ada.composer.press("ArrowUp");
  await ada.composer.press("Enter");
  await expect(ada.composer).toHaveValue("well 🥳 ");
  await expect(suggestions(ada)).toHaveCount(0);
  await ada.composer.pressSequentially("and :tada:!");
  await expect(ada.composer).toHaveValue("well 🥳 and 🎉!");
  await ada.composer.press("Enter");
  await ada.sees("well 🥳 and 🎉!");
});

test("a completion can be undone", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially(":thumbsu");
  await expect(suggestions(ada)).toBeVisible();
  await ada.composer.press("Tab");
  await expect(ada.composer).toHaveValue("👍 ");
  await expect(ada.composer).toBeFocused();
  await ada.composer.press("ControlOrMeta+z");
  await expect(ada.composer).toHaveValue(":thumbsu");
});

test("members are found by their names, and see that they are mentioned", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada");
  const ben = await meet("Ben Bright");
  await ada.join(room);
  await ben.join(room);
  await ada.seesCount(2);
  await ada.composer.pressSequentially("hi @b");
  await expect(suggestions(ada).getByRole("option")).toHaveText([/Ben Bright/]);
  await suggestions(ada).getByRole("option").click();
  await expect(ada.composer).toHaveValue("hi @Ben Bright ");
  await expect(ada.composer).toBeFocused();
  await ada.composer.pressSequentially("there");
  await ada.composer.press("Enter");
  await expect(ben.messages.locator("mark")).toHaveText("@Ben Bright");
});

test("Enter sends if nothing is chosen", async ({ meetInRoom }) => {
  const [ada] = await meetInRoom("Ada", "Ben");
  await ada.seesCount(2);
  await ada.composer.pressSequentially("@");
  await expect(suggestions(ada)).toBeVisible();
  await ada.composer.press("Enter");
  await ada.sees("@");
  await ada.composer.pressSequentially("thanks @ben");
  await expect(suggestions(ada)).toBeVisible();
  await ada.composer.press("Enter");
  await ada.sees("thanks @ben");
});

test("Escape closes them, and then Enter sends", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially(":tad");
  await expect(suggestions(ada)).toBeVisible();
  await ada.composer.press("Escape");
  await expect(suggestions(ada)).toHaveCount(0);
  await ada.composer.press("Enter");
  await ada.sees(":tad");
});

test("keys of an input method are left to it", async ({ meet, room }) => {
  const ada = await meet("Ada");
  await ada.join(room);
  await ada.composer.pressSequentially(":tad");
  await expect(suggestions(ada)).toBeVisible();
  for (const key of ["Enter", "Escape", "ArrowDown"]) {
    await ada.composer.evaluate((box, key) => {
      const init = { key, isComposing: true, bubbles: true, cancelable: true };
      box.dispatchEvent(new KeyboardEvent("keydown", init));
    }, key);
  }
  await expect(ada.composer).toHaveValue(":tad");
  await expect(suggestions(ada).getByRole("option").first()).toHaveAttribute(
    "aria-selected",
    "true",
  );
});

test.describe("if a part of the page cannot be loaded", () => {
  // A service worker would have it already.
  test.use({ serviceWorkers: "block" });

  test("emoji are missing, and writing works", async ({ meet, room }) => {
    const ada = await meet("Ada");
    await ada.page.route("**/assets/emoji-list*", (route) => route.abort());
    await ada.join(room);
    const asked = ada.page.waitForRequest("**/assets/emoji-list*");
    await ada.composer.pressSequentially(":tada");
    await asked;
    await ada.composer.press("Enter");
    await ada.sees(":tada");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing in suggestions, ${colorScheme}`, async ({ meet, room }) => {
    const ada = await meet("Ada", { colorScheme });
    await ada.join(room);
    await ada.composer.pressSequentially("/m");
    await expect(suggestions(ada)).toBeVisible();
    expect(await axeFindings(ada)).toEqual([]);
  });
}

test.describe("if what stands around the messages loads late", () => {
  test("the text that was written before gets its suggestions", async ({ meet, room }) => {
    // A service worker would have it already.
    const ada = await meet("Ada", { serviceWorkers: "block" });
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    await ada.page.route("**/assets/around*", async (route) => {
      asked.resolve();
      await released.promise;
      await route.continue();
    });
    await ada.join(room);
    await asked.promise;
    await ada.composer.pressSequentially("/na");
    await expect(suggestions(ada)).toHaveCount(0);
    released.resolve();
    await expect(suggestions(ada).getByRole("option")).toHaveText([/\/name/]);
    await ada.composer.press("Enter");
    await expect(ada.composer).toHaveValue("/name ");
  });

  test("a message is sent even without it", async ({ meet, room }) => {
    const ada = await meet("Ada", { serviceWorkers: "block" });
    await ada.page.route("**/assets/around*", (route) => route.abort());
    await ada.join(room);
    await ada.composer.pressSequentially("hi @b");
    await ada.composer.press("Enter");
    await ada.sees("hi @b");
  });
});
