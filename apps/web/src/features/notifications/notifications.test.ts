import { expect, it } from "vitest";
import { alertFor, type Occasion } from "./notifications.tsx";
import type { NotificationSettings } from "./settings.ts";

const settings = (changes: Partial<NotificationSettings>): NotificationSettings => ({
  notify: "nothing",
  sound: false,
  muted: [],
  ...changes,
});
const occasion = (changes: Partial<Occasion> = {}): Occasion => ({
  roomId: "lobby",
  mentioned: false,
  away: true,
  ...changes,
});
const both = { notify: true, sound: true };
const neither = { notify: false, sound: false };

it("alerts nobody who has not asked for it", () => {
  expect(alertFor(settings({}), occasion({ mentioned: true }))).toEqual(neither);
});

it("alerts to everything if that is wanted", () => {
  expect(alertFor(settings({ notify: "everything", sound: true }), occasion())).toEqual(both);
});

it("alerts to mentions alone if only those are wanted", () => {
  const onlyMentions = settings({ notify: "mentions", sound: true });
  expect(alertFor(onlyMentions, occasion())).toEqual(neither);
  expect(alertFor(onlyMentions, occasion({ mentioned: true }))).toEqual(both);
});

it("plays a sound also without a notification", () => {
  expect(alertFor(settings({ sound: true }), occasion())).toEqual({ notify: false, sound: true });
});

it("shows no notification to a user who looks at the page", () => {
  const all = settings({ notify: "everything", sound: true });
  expect(alertFor(all, occasion({ away: false }))).toEqual({ notify: false, sound: true });
});

it("never alerts from a muted room", () => {
  const muted = settings({ notify: "everything", sound: true, muted: ["lobby"] });
  expect(alertFor(muted, occasion({ mentioned: true }))).toEqual(neither);
  expect(alertFor(muted, occasion({ roomId: "harbour" }))).toEqual(both);
});
