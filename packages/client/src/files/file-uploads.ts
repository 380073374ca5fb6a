import type { FileInfo, Refusal } from "@parley/protocol";
import type { Cancel } from "../clock.ts";

/**
 * Uploads the files of pending messages, which its user stored before the message was written. A
 * port: browsers have one, other programs upload before they send.
 */
export interface FileUploads {
  /**
   * Uploads the files of one message, and continues through lost connections. What was answered is
   * not sent again (SPEC B1).
   * @param done called once, unless it is stopped: with a refusal if a file was refused for good
   * @returns stops it
   */
  upload(files: readonly FileInfo[], done: (refusal?: Refusal) => void): Cancel;
  /**
   * The bytes of these files are not needed any more.
   * @param isSent false: the message was discarded, so the server may delete them, too
   */
  forget(files: readonly FileInfo[], isSent: boolean): void;
}
