import { expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { chooseTheme, storedTheme } from "./theme.ts";

it("stores a theme that differs from the system's", () => {
  const store = fakeTextStore();
  chooseTheme("dark", "light", store);
  expect(storedTheme(store).read()).toBe("dark");
});

it("follows the system again once the choice equals it", () => {
  const store = fakeTextStore();
  chooseTheme("dark", "light", store);
  chooseTheme("light", "light", store);
  expect(storedTheme(store).read()).toBeUndefined();
});
