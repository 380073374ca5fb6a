import { unreachable } from "@parley/protocol";
import { useId, useState, type ReactNode } from "react";
import { useRoomId } from "../../room/use-room.ts";
import { playSound } from "./sound.ts";
import { askToNotify, notifyPermission, type NotifyPermission } from "./notification.ts";
import { type Notify, useNotificationSettings, withRoomMuted } from "./settings.ts";

const choices: readonly (readonly [Notify, string])[] = [
  ["everything", "Every message"],
  ["mentions", "Mentions and replies to me"],
  ["nothing", "Never"],
];

/** Notification settings: system notifications, sound, and muting this room. */
export function SettingsForm() {
  const roomId = useRoomId();
  const [settings, change] = useNotificationSettings();
  const [permission, setPermission] = useState(notifyPermission);
  const group = useId();
  // A choice has no effect if the browser withdrew the permission since.
  const notify = permission === "granted" ? settings.notify : "nothing";

  const choose = async (next: Notify) => {
    const given = next === "nothing" ? notifyPermission() : await askToNotify();
    setPermission(given);
    if (next === "nothing" || given === "granted") change((all) => ({ ...all, notify: next }));
  };
  return (
    <div className="grid gap-3">
      <fieldset>
        <legend className="mb-1 text-sm font-semibold text-ink-soft">Notify me</legend>
        {choices.map(([choice, words]) => (
          <Choice key={choice} words={words}>
            <input
              type="radio"
              name={group}
              checked={notify === choice}
              disabled={choice !== "nothing" && permission === "impossible"}
              onChange={() => void choose(choice)}
            />
          </Choice>
        ))}
        <p aria-live="polite" className="text-sm text-caution">
          {whyNot(permission)}
        </p>
      </fieldset>
      <div className="border-t border-line pt-2">
        <Choice words="Play a sound">
          <input
            type="checkbox"
            checked={settings.sound}
            onChange={({ target: { checked } }) => {
              change((all) => ({ ...all, sound: checked }));
              // Plays a sample; also, the click lets the page play sounds later.
              if (checked) playSound();
            }}
          />
        </Choice>
        <Choice words="Mute this room">
          <input
            type="checkbox"
            checked={settings.muted.includes(roomId)}
            onChange={({ target: { checked } }) =>
              change((all) => withRoomMuted(all, roomId, checked))
            }
          />
        </Choice>
      </div>
    </div>
  );
}

function Choice({ words, children }: { words: string; children: ReactNode }) {
  return (
    <label className="-mx-2 flex min-h-9 items-center gap-3 rounded-sm px-2 hover:bg-hover touch:min-h-11">
      {children}
      {words}
    </label>
  );
}

function whyNot(permission: NotifyPermission): string | undefined {
  switch (permission) {
    case "impossible":
      return "This browser shows notifications only for pages with HTTPS.";
    case "denied":
      return "Notifications are blocked. Allow them for this site in the browser's settings.";
    case "default":
    case "granted":
      return undefined;
    default:
      return unreachable(permission);
  }
}
