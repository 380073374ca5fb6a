import type { EntryFrame, SetFrame } from "@parley/protocol";
import { channelOf } from "./connection.ts";
import { numbered, type Draft, type Page, type Range } from "../../log/log.ts";
import { bellOf } from "../../log/private-ids.ts";
import { settingsFrom } from "../../log/settings.ts";

/** Where a range starts, which way it goes and how far, as the scripts of Redis read it. */
export function rangeArguments(
  range: Range,
): [from: string, direction: "up" | "down", limit: string] {
  if ("after" in range) return [`(${range.after}-0`, "up", String(range.limit)];
  if (!("before" in range)) return ["+", "down", String(range.limit)];
  // Nothing stands before the first entry, and a stream has no id before its own first.
  return range.before <= 1
    ? ["+", "down", "0"]
    : [`(${range.before}-0`, "down", String(range.limit)];
}

/** Reads the answer of `read`. */
export function pageOf(reply: unknown): Page {
  const [epoch, head, first, settings, ...rest] = reply as [
    string,
    number,
    number,
    string[] | null,
    ...(number | string)[],
  ];
  const entries: EntryFrame[] = [];
  for (let index = 0; index + 1 < rest.length; index += 2) {
    entries.push(entryOf(rest[index] as number, rest[index + 1] as string));
  }
  const page = { epoch, head, first, entries };
  return settings ? { ...page, settings: settingsFrom(settings.map(settingOf), first) } : page;
}

/** A setting as its hash has it: `seq stored`. */
function settingOf(value: string): SetFrame {
  const end = value.indexOf(" ");
  return entryOf(Number(value.slice(0, end)), value.slice(end + 1)) as SetFrame;
}

/** The frame that went out live: what is stored is the draft, and where it stands is its `seq`. */
export function entryOf(seq: number, stored: string): EntryFrame {
  return numbered(JSON.parse(stored) as Draft, seq);
}

/** What a room's channel says of the log: an entry that was appended somewhere. */
export interface EntryNotification {
  readonly epoch: string;
  readonly entry: EntryFrame;
}

/** Says that an entry was appended, as the script does if it may at once. */
export function tellingOf(epoch: string, seq: number, stored: string): string {
  return `e ${epoch} ${seq} ${stored}`;
}

/** Where news of a log is told: that of a bell goes over the channel of its room, behind a prefix. */
export function newsPlaceOf(logId: string): { readonly channel: string; readonly prefix: string } {
  const bell = bellOf(logId);
  if (!bell) return { channel: channelOf(logId), prefix: "" };
  return { channel: channelOf(bell.roomId), prefix: `b ${bell.memberId} ` };
}

/** Whose bell a message of a room's channel is about, and the news; undefined if of no bell. */
export function bellNewsOf(
  message: string,
): { readonly memberId: string; readonly news: string } | undefined {
  if (!message.startsWith("b ")) return undefined;
  const end = message.indexOf(" ", 2);
  return { memberId: message.slice(2, end), news: message.slice(end + 1) };
}

/** Says that news of a log may have been lost: who hears it compares with the log. */
export const NEWS_MISSED = "c";

/** Reads a message of a room's channel; undefined if it is about something else. */
export function toldBy(message: string): EntryNotification | undefined {
  const [, epoch, seq, stored] = /^e (\S+) (\d+) (.*)$/s.exec(message) ?? [];
  if (epoch === undefined || stored === undefined) return undefined;
  return { epoch, entry: entryOf(Number(seq), stored) };
}
