import type { Locator } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { attach, picture } from "./files.ts";

const LONG = "A very long name of a report that nobody can remember, the second version.pdf";
const PHONE = { viewport: { width: 320, height: 700 }, reducedMotion: "reduce" } as const;

test("a long file name keeps its ending in view, and is read whole, once", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", PHONE);
  await ada.join(room);
  const bytes = { mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") };
  await attach(ada.page, { name: LONG, ...bytes });
  const seesWhole = async (place: Locator) => {
    const name = place.getByTitle(LONG);
    const ending = name.getByText(".pdf", { exact: true });
    await expect(ending).toBeInViewport({ ratio: 1 });
    const [outer, inner] = [await name.boundingBox(), await ending.boundingBox()];
    const right = (box: typeof outer) => (box ? box.x + box.width : Number.NaN);
    expect(inner?.width).toBeGreaterThan(10);
    expect(right(inner)).toBeLessThanOrEqual(right(outer) + 0.5);
    await expect(name).toMatchAriaSnapshot(`- paragraph: ${LONG}`);
  };
  await seesWhole(ada.page.getByRole("region", { name: "Files to send" }));
  await ada.page.getByRole("button", { name: "Send", exact: true }).click();
  await seesWhole(ada.messages);
});

test("a name with a short ending, without one, and one in Arabic are whole", async ({
  meet,
  room,
}) => {
  const ada = await meet("Ada", { viewport: { width: 1280, height: 800 } });
  await ada.join(room);
  const bytes = { mimeType: "application/zip", buffer: Buffer.from("PK") };
  const names = ["boats.zip", "README", "تقرير.zip"];
  await attach(ada.page, ...names.map((name) => ({ name, ...bytes })));
  await ada.page.getByRole("button", { name: "Send", exact: true }).click();
  for (const name of names) {
    const shown = ada.messages.getByTitle(name);
    await expect(shown).toMatchAriaSnapshot(`- paragraph: ${name}`);
    const cut = () =>
      shown.evaluate((line) =>
        [...line.querySelectorAll("bdi, bdi > [aria-hidden]")].some(
          ({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1,
        ),
      );
    expect(await cut(), name).toBe(false);
  }
  // The name of a picture stands above it once it is open.
  await attach(ada.page, await picture(ada, "quay.png", [400, 300]));
  await ada.page.getByRole("button", { name: "Send", exact: true }).click();
  await ada.messages.getByRole("button", { name: "Open picture quay.png" }).click();
  await expect(ada.page.getByRole("dialog").getByText(".png", { exact: true })).toBeVisible();
});
