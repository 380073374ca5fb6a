import { ExitCode } from "../exit-code.ts";
import { writeLinePaced } from "../output.ts";
import { jsonLine } from "../plain-text.ts";
import { frameOf } from "../room/entry-text.ts";
import { failureCode } from "../room/failure.ts";
import { readLog } from "../room/read-log.ts";

/** Writes the whole log of a room to standard output, one entry per line, without joining. */
export async function exportLog(server: URL, room: string): Promise<ExitCode> {
  try {
    for await (const entry of readLog(server, room, 0)) {
      await writeLinePaced(jsonLine(frameOf(entry)));
    }
    return ExitCode.done;
  } catch (error) {
    return failureCode(error);
  }
}
