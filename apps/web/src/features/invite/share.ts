/** Whether this device can share a link with another app. */
export function canShare(): boolean {
  return typeof navigator.share === "function";
}

/** Offers a link, with a sentence before it, to the device's apps. */
export function share(text: string, url: string): void {
  navigator
    .share({ text, url })
    // A user who closes the sheet changed their mind; there is nothing to report.
    .catch((error: unknown) => {
      if (!(error instanceof DOMException)) throw error;
    });
}
