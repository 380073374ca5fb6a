/** How files get into a message. */
export interface Attaching {
  readonly onFiles: (files: readonly File[]) => void;
  /** Begins to record a voice message. */
  readonly onRecord: () => void;
  /** `busy`: some files are not ready to be sent. */
  readonly state: "none" | "busy" | "ready";
  /** It was sent while it was busy: it goes as soon as all files are ready. */
  readonly onSendLater: () => void;
  /** The menu could not be fetched. */
  readonly onNotFetched: () => void;
}
