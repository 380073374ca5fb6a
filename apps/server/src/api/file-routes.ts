import { refusal } from "@parley/protocol";
import type { Hono } from "hono";
import type { ApiDeps } from "./deps.ts";
import { ApiError } from "./errors.ts";
import { getFile, getThumbnail } from "./file-downloads.ts";
import { deleteFile, putFile, putPart, putThumbnail } from "./files.ts";
import type { ApiEnv } from "./request.ts";
import type { Submissions } from "./submissions.ts";
import { putUpload } from "./upload.ts";

/** Where a file is put: for all in the room, or for one member alone. */
const PLACES = ["/api/rooms/:room", "/api/rooms/:room/with/:member"] as const;

/** The routes of files. If the server takes none, each says so. */
export function fileRoutes(app: Hono<ApiEnv>, deps: ApiDeps, submissions: Submissions): void {
  const { files } = deps;
  const uploads = files?.uploads;
  for (const place of PLACES) {
    app.put(`${place}/files/:id`, (c) => putFile(c, there(uploads)));
    app.delete(`${place}/files/:id`, (c) => deleteFile(c, there(uploads)));
    app.put(`${place}/files/:id/thumb`, (c) => putThumbnail(c, there(uploads)));
    app.put(`${place}/files/:id/:n`, (c) => putPart(c, there(uploads)));
    app.put(`${place}/upload/:name`, (c) => putUpload(c, deps, submissions, there(uploads)));
  }
  app.get("/files/:id/thumb", (c) => getThumbnail(c, deps, there(files)));
  app.get("/files/:id/:name", (c) => getFile(c, deps, there(files)));
}

/** @throws ApiError `files_off` */
function there<What>(what: What | undefined): What {
  if (what === undefined) throw ApiError.of(refusal("files_off"));
  return what;
}
