import { expect, it } from "vitest";
import { fakeTextStore } from "../../storage/fake-storage.ts";
import { storedSettings, withRoomMuted } from "./settings.ts";

it("alerts nobody who has not asked for it", () => {
  expect(storedSettings(fakeTextStore()).read()).toEqual({
    notify: "nothing",
    sound: false,
    muted: [],
  });
});

it("stores the choices", () => {
  const store = fakeTextStore();
  const settings = { notify: "mentions", sound: true, muted: ["lobby"] } as const;
  storedSettings(store).write(settings);
  expect(storedSettings(store).read()).toEqual(settings);
});

it.each(["", "nonsense", "null", "3", '{"notify":"always","sound":"yes","muted":"all"}'])(
  "takes damaged memory for none: %s",
  (text) => {
    const store = fakeTextStore();
    store.set("parley.attention", text);
    expect(storedSettings(store).read()).toEqual({ notify: "nothing", sound: false, muted: [] });
  },
);

it("mutes a room once, and unmutes it", () => {
  const quiet = storedSettings(fakeTextStore()).read();
  const muted = withRoomMuted(withRoomMuted(quiet, "lobby", true), "lobby", true);
  expect(muted.muted).toEqual(["lobby"]);
  expect(withRoomMuted(muted, "lobby", false).muted).toEqual([]);
});
