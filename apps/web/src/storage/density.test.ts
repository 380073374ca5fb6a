import { expect, it } from "vitest";
import { storedDensity } from "./density.ts";
import { fakeTextStore } from "./fake-storage.ts";

it("stores how close messages stand; comfortable is the default", () => {
  const store = fakeTextStore();
  expect(storedDensity(store).read()).toBe("comfortable");
  storedDensity(store).write("compact");
  expect(storedDensity(store).read()).toBe("compact");
  store.set("parley.density", "none");
  expect(storedDensity(store).read()).toBe("comfortable");
});
