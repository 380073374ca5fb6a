import type { FileInfo } from "@parley/protocol";

/** How a file is to be sent. */
export interface PrepareOptions {
  /** Photos go as they are. */
  readonly isOriginal?: boolean;
  /** It is a voice message: its wave is shown. */
  readonly isVoice?: boolean;
}

/** A file as it will be uploaded, and what is known of it. */
export interface Prepared {
  readonly bytes: Blob;
  readonly thumb: Blob | undefined;
  /** Whether it is a photo that can be sent smaller. */
  readonly canReduce: boolean;
  readonly info: Omit<FileInfo, "id" | "size" | "thumb">;
}

/** What a kind of file adds; undefined if the browser cannot read it. */
export type Enriched =
  | (Partial<Omit<Prepared, "info">> & { readonly info: Partial<Prepared["info"]> })
  | undefined;
