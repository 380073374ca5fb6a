/** Asks the server for a newer version of the app; the update notice shows the result. */
export function lookForUpdate(): void {
  void navigator.serviceWorker
    ?.getRegistration()
    .then((registration) => registration?.update())
    // Without a network there is no update.
    .catch(() => undefined);
}
