import type { Message } from "../../room/message.ts";
import { useRowTools } from "./use-row-tools.ts";

/** The tools of the message that the reader is at. */
export function LineTools(message: { row: string; mine: boolean; message?: Message }) {
  const tools = useRowTools(true);
  return tools && <tools.RowToolbar {...message} />;
}
