import { expect, it } from "vitest";
import { fakeTextStore } from "../../storage/fake-storage.ts";
import { keepSettings, keptSettings, withRoomMuted } from "./settings.ts";

it("calls nobody who has not asked for it", () => {
  expect(keptSettings(fakeTextStore())).toEqual({ notify: "nothing", sound: false, muted: [] });
});

it("keeps what was wished for", () => {
  const store = fakeTextStore();
  const settings = { notify: "mentions", sound: true, muted: ["lobby"] } as const;
  keepSettings(settings, store);
  expect(keptSettings(store)).toEqual(settings);
});

it.each(["", "nonsense", "null", "3", '{"notify":"always","sound":"yes","muted":"all"}'])(
  "takes damaged memory for none: %s",
  (text) => {
    const store = fakeTextStore();
    store.set("parley.attention", text);
    expect(keptSettings(store)).toEqual({ notify: "nothing", sound: false, muted: [] });
  },
);

it("mutes a room, once, and lets it call again", () => {
  const quiet = keptSettings(fakeTextStore());
  const muted = withRoomMuted(withRoomMuted(quiet, "lobby", true), "lobby", true);
  expect(muted.muted).toEqual(["lobby"]);
  expect(withRoomMuted(muted, "lobby", false).muted).toEqual([]);
});
