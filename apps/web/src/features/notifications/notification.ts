/** Whether this page may show notifications of the system. */
export type NotifyPermission =
  /** Browsers show none for pages without HTTPS, and some show none at all. */
  "impossible" | NotificationPermission;

/** What the reader has decided, without asking. */
export function notifyPermission(): NotifyPermission {
  return "Notification" in globalThis && globalThis.isSecureContext
    ? Notification.permission
    : "impossible";
}

/** Asks the reader; only ever after a click that wants notifications. */
export async function askToNotify(): Promise<NotifyPermission> {
  return notifyPermission() === "default" ? Notification.requestPermission() : notifyPermission();
}

/** Left-to-right or not, a name disturbs nothing beyond its end. */
const [ISOLATE, END_ISOLATE] = ["\u2068", "\u2069"];

/** A text that keeps its direction to itself, where there are no elements to do that. */
export function isolated(text: string): string {
  return ISOLATE + text + END_ISOLATE;
}

/**
 * Shows a notification; a later one of the same room takes its place.
 * @param path the room's own, which a click leads to
 */
export async function notify(title: string, body: string, path: string): Promise<void> {
  // It has its own sound, where that is wanted.
  const options = { body, tag: path, icon: "/icons/icon-192.png", silent: true };
  const worker = await navigator.serviceWorker?.getRegistration();
  if (worker?.active) {
    // Shown anew although it takes the place of another.
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
