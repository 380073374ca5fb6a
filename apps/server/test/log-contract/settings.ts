import { SETTINGS_MAX, withEntry, type EntryFrame, type Settings } from "@parley/protocol";
import { until } from "@parley/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RoomLog } from "../../src/log/log.ts";
import { chatDraft, deleteDraft, reactDraft, setDraft } from "../drafts.ts";
import { added, fill, upTo } from "./entries.ts";
import { eachWith, type OpenLog, type OpenTrimmed } from "./open-log.ts";

/** What a join is told, as pairs of a key and the `seq` that set it. */
async function settingsOf(log: RoomLog, roomId = "lobby"): Promise<[string, number][]> {
  const { settings } = await log.read(roomId, { limit: 0, withSettings: true });
  if (!settings) throw new Error("The page has no settings.");
  return settings.map(({ payload }) => [payload.key, payload.seq]);
}

export function describeSettings(open: () => Promise<OpenLog>): void {
  describe("settings", () => {
    const held = eachWith(open);

    it("[G2] gives the last entry of each key, whole, with the page", async () => {
      const { log } = held.opened;
      await added(log, setDraft("name", "Bees"));
      const topic = await added(log, setDraft("topic", "é 🐝 \u2028 %s"));
      const name = await added(log, setDraft("name", "Wasps"));
      const page = await log.read("lobby", { limit: 1, withSettings: true });
      expect(page).toMatchObject({ head: 3, entries: [name] });
      expect(page.settings).toStrictEqual([topic, name]);
      expect(await log.read("lobby", { limit: 1 })).not.toHaveProperty("settings");
    });

    it("[G2] removes a key by null, and gives none in a room that has none", async () => {
      const { log } = held.opened;
      expect(await settingsOf(log)).toEqual([]);
      await added(log, setDraft("topic", "Bees"));
      await added(log, setDraft("topic", null));
      expect(await settingsOf(log)).toEqual([]);
      expect(await settingsOf(log, "nowhere")).toEqual([]);
    });

    it("[D2] [D3] keeps what is set, and changes nothing by a repeat", async () => {
      const { log } = held.opened;
      const first = await added(log, setDraft("name", "Bees", { id: "x", expect: 0 }));
      await added(log, setDraft("name", "Wasps"));
      const again = setDraft("name", "Bees", { id: "x", expect: 0 });
      expect(await log.append("lobby", again)).toEqual({ is: "repeat", entry: first });
      const other = setDraft("name", "Ants", { id: "x" });
      expect(await log.append("lobby", other)).toEqual({ is: "conflict" });
      expect(await settingsOf(log)).toEqual([["name", 2]]);
    });

    it("adds only if the key has the entry that is expected, and shows the present one", async () => {
      const { log } = held.opened;
      const stale = (present?: EntryFrame) => ({ is: "stale", present });
      expect(await log.append("lobby", setDraft("name", "A", { expect: 1 }))).toEqual(stale());
      const first = await added(log, setDraft("name", "A", { expect: 0 }));
      for (const expected of [0, 2]) {
        const draft = setDraft("name", "B", { expect: expected });
        expect(await log.append("lobby", draft)).toEqual(stale(first));
      }
      await added(log, setDraft("name", null, { expect: 1 }));
      await added(log, setDraft("name", "B", { expect: 0 }));
      expect(await settingsOf(log)).toEqual([["name", 3]]);
    });

    it("lets one of many win if all expect the same", async () => {
      const { log } = held.opened;
      const drafts = upTo(20).map((n) => setDraft("name", `${n}`, { expect: 0 }));
      const results = await Promise.all(drafts.map((draft) => log.append("lobby", draft)));
      expect(results.filter(({ is }) => is === "new")).toHaveLength(1);
      expect(results.filter(({ is }) => is === "stale")).toHaveLength(19);
      expect(await settingsOf(log)).toEqual([["name", 1]]);
    });

    it("pins a message that is there, and nothing else", async () => {
      const { log } = held.opened;
      await fill(log, 2);
      await added(log, reactDraft("m1")("r"));
      await added(log, deleteDraft(2));
      for (const seq of [2, 3, 4, 5, 6, 999_999_999_999_999]) {
        const refused = await log.append("lobby", setDraft(`pin:${seq}`, true));
        expect(refused, `${seq}`).toEqual({ is: "unknown_target" });
        expect(await log.append("nowhere", setDraft(`pin:${seq}`, true))).toEqual(refused);
      }
      await added(log, setDraft("pin:1", true));
      expect(await settingsOf(log)).toEqual([["pin:1", 5]]);
      await added(log, setDraft("pin:1", null));
      expect(await settingsOf(log)).toEqual([]);
    });

    it("[G2] drops a pin with the deletion of its message", async () => {
      const { log } = held.opened;
      await fill(log, 2);
      for (const seq of [1, 2]) await added(log, setDraft(`pin:${seq}`, true));
      await added(log, deleteDraft(1));
      expect(await settingsOf(log)).toEqual([["pin:2", 4]]);
    });

    it("[G3] has at most 200 settings in a room", async () => {
      const { log } = held.opened;
      await fill(log, SETTINGS_MAX + 1);
      for (const seq of upTo(SETTINGS_MAX)) await added(log, setDraft(`pin:${seq}`, true));
      const more = () => setDraft(`pin:${SETTINGS_MAX + 1}`, true);
      expect(await log.append("lobby", more())).toEqual({ is: "too_many_settings" });
      await added(log, setDraft("pin:1", true));
      await added(log, setDraft("pin:1", null));
      await added(log, more());
      expect(await settingsOf(log)).toHaveLength(SETTINGS_MAX);
    });

    it("[G2] says what the log says, for any sequence of actions", async () => {
      const seq = fc.integer({ min: 1, max: 30 });
      const value = fc.constantFrom("Bees", "Wasps", null);
      const act = fc.oneof(
        fc.constant(() => chatDraft("hi")),
        fc.tuple(fc.constantFrom("name", "topic"), value).map(
          ([key, given]) =>
            () =>
              setDraft(key, given),
        ),
        fc.tuple(value, seq).map(
          ([given, expected]) =>
            () =>
              setDraft("name", given, { expect: expected - 1 }),
        ),
        fc.tuple(seq, fc.constantFrom(true, null)).map(
          ([at, given]) =>
            () =>
              setDraft(`pin:${at}`, given),
        ),
        seq.map((at) => () => deleteDraft(at)),
      );
      const acts = fc.array(act, { minLength: 20, maxLength: 60 });
      let rooms = 0;
      await fc.assert(
        fc.asyncProperty(acts, async (drafts) => {
          const { log } = held.opened;
          rooms += 1;
          for (const draftOf of drafts) await log.append(`room-${rooms}`, draftOf());
          await saysWhatTheLogSays(log, `room-${rooms}`);
        }),
        { numRuns: 20 },
      );
    });
  });
}

async function saysWhatTheLogSays(log: RoomLog, roomId: string): Promise<void> {
  const page = await log.read(roomId, { after: 0, limit: 100, withSettings: true });
  const folded = page.entries.reduce<Settings>(withEntry, new Map());
  expect(page.settings).toStrictEqual([...folded.values()]);
}

export function describeTrimmedSettings(openTrimmed: OpenTrimmed) {
  describe("the settings of a trimmed room", () => {
    const held = eachWith(async () => {
      const opened = await openTrimmed(5, async (log) => {
        await fill(log, 3);
        await added(log, setDraft("name", "Bees"));
        await added(log, setDraft("pin:3", true));
        await fill2(log);
        await added(log, setDraft("pin:8", true));
      });
      await until(async () =>
        expect(await opened.log.read("lobby", { limit: 0 })).toMatchObject({ first: 6 }),
      );
      return opened;
    });

    it("[G2] stay, but for the pins of messages that are gone", async () => {
      const { log } = held.opened;
      expect(await settingsOf(log)).toEqual([
        ["name", 4],
        ["pin:8", 10],
      ]);
      const stale = await log.append("lobby", setDraft("pin:3", null, { expect: 5 }));
      expect(stale).toEqual({ is: "stale", present: undefined });
      const gone = await log.append("lobby", setDraft("pin:3", true));
      expect(gone).toEqual({ is: "unknown_target" });
      await added(log, setDraft("name", "Wasps", { expect: 4 }));
      expect(await settingsOf(log)).toEqual([
        ["pin:8", 10],
        ["name", 11],
      ]);
    });
  });
}

/** Four more messages. */
async function fill2(log: RoomLog): Promise<void> {
  for (const seq of upTo(4)) await added(log, chatDraft(`more ${seq}`));
}
