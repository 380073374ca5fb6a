/** Asks the server whether it has a newer version of the app; whatever comes of it is told later. */
export function lookForUpdate(): void {
  void navigator.serviceWorker
    ?.getRegistration()
    .then((registration) => registration?.update())
    // Without a network there is nothing newer.
    .catch(() => undefined);
}
