import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { variable } from "../variable.ts";
import { withTemporaryFile } from "./private-file.ts";

/** The folder of what this user keeps of one server; only they can read it. */
export function stateFolder(server: URL): string {
  const state = variable("XDG_STATE_HOME") ?? join(homedir(), ".local", "state");
  const folder = join(state, "parley", encodeURIComponent(server.href));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

const TOKEN_BYTES = 16;

/**
 * The token by which this user is the same member again (SPEC P2). It is made before it is needed
 * and never changes, so that an entry that another process sends again has the same author and is
 * stored once (SPEC D2).
 */
export function readToken(folder: string): string {
  const file = join(folder, "token");
  const made = randomBytes(TOKEN_BYTES).toString("base64url");
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (!isCode(error, "ENOENT")) throw error;
  }
  withTemporaryFile(folder, made, (temporary) => {
    try {
      linkSync(temporary, file);
    } catch (error) {
      // Another process made one meanwhile: that one counts.
      if (!isCode(error, "EEXIST")) throw error;
    }
  });
  return readFileSync(file, "utf8").trim();
}

/** Whether a system call failed with this code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}

/** Does what the system may refuse, such as on a full disk; returns `otherwise` if it does. */
export function orElse<Value>(act: () => Value, otherwise: Value): Value {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && "syscall" in error)) throw error;
    return otherwise;
  }
}
