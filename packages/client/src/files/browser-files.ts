/** Uploads of files from a browser, fetched when a file is first chosen. */
export { browserPendingFiles, type PendingFile, type PendingFiles } from "./pending-files.ts";
export { putBytes } from "./put-bytes.ts";
export { createUploader, type Uploader, type UploadProgress } from "./uploader.ts";
