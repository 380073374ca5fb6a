/** Whether this page may show system notifications. */
export type NotifyPermission =
  /** Browsers show none for pages without HTTPS, and some show none at all. */
  "impossible" | NotificationPermission;

/** What the user decided, without asking. */
export function notifyPermission(): NotifyPermission {
  return "Notification" in globalThis && globalThis.isSecureContext
    ? Notification.permission
    : "impossible";
}

/** Asks the user; only after a click that asks for notifications. */
export async function askToNotify(): Promise<NotifyPermission> {
  return notifyPermission() === "default" ? Notification.requestPermission() : notifyPermission();
}

/** Isolates a name, whose direction must not affect the text around it. */
const [ISOLATE, END_ISOLATE] = ["\u2068", "\u2069"];

/** A text with its own direction, for places without elements. */
export function isolated(text: string): string {
  return ISOLATE + text + END_ISOLATE;
}

/**
 * Shows a notification; a later one of the same room replaces it.
 * @param path the room's path, which a click opens
 */
export async function notify(title: string, body: string, path: string): Promise<void> {
  // The page plays its own sound, if that is wanted.
  const options = { body, tag: path, icon: "/icons/icon-192.png", silent: true };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) {
    // Alert again although it replaces another.
    const again: NotificationOptions & { renotify: boolean } = { ...options, renotify: true };
    await worker.showNotification(title, again);
    return;
  }
  const shown = new Notification(title, options);
  shown.addEventListener("click", () => {
    window.focus();
    shown.close();
  });
}
