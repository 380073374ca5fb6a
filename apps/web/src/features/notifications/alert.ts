import { unreachable } from "@parley/protocol";
import type { NotificationSettings } from "./settings.ts";

/** How somebody is called. */
export interface Alert {
  /** By a notification of the system. */
  readonly notify: boolean;
  readonly sound: boolean;
}

/** What there is to call about. */
export interface Occasion {
  readonly roomId: string;
  /** The reader's own name is among it, or an answer to them. */
  readonly mentioned: boolean;
  /** The reader looks at another window or tab, or at none. */
  readonly away: boolean;
}

/**
 * How to call a reader to messages that they have not seen. A muted room never calls. Whoever looks
 * at the page, only further up, needs no notification of the system.
 */
export function alertFor(
  settings: NotificationSettings,
  { roomId, mentioned, away }: Occasion,
): Alert {
  if (settings.muted.includes(roomId)) return { notify: false, sound: false };
  switch (settings.notify) {
    case "everything":
      return { notify: away, sound: settings.sound };
    case "mentions":
      return { notify: away && mentioned, sound: settings.sound && mentioned };
    case "nothing":
      return { notify: false, sound: settings.sound };
    default:
      return unreachable(settings.notify);
  }
}
