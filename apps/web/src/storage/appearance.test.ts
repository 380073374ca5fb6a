import { expect, it } from "vitest";
import { fakeTextStore } from "./fake-storage.ts";
import { chooseTheme, storedDensity, storedTheme } from "./appearance.ts";

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

it("stores how close messages stand; comfortable is the default", () => {
  const store = fakeTextStore();
  expect(storedDensity(store).read()).toBe("comfortable");
  storedDensity(store).write("compact");
  expect(storedDensity(store).read()).toBe("compact");
  store.set("parley.density", "none");
  expect(storedDensity(store).read()).toBe("comfortable");
});
