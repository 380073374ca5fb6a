/** Asks the server for a newer version of the app; the update notice shows the result. */
export function lookForUpdate(): void {
  void navigator.serviceWorker
    ?.getRegistration()
    .then((registration) => registration?.update())
    // Without a network there is no update.
    // oxlint-disable-next-line house/no-bare-catch -- a failure of the network looks like any other
    .catch(() => undefined);
}
