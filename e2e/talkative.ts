import { PlainClient } from "@parley/testkit/plain-client";

/** Ben, who sends this many messages before anybody else joins: "Line 1", "Line 2" and so on. */
export async function talkative(url: string, roomId: string, lines: number): Promise<PlainClient> {
  const ben = await PlainClient.join(url, roomId, "Ben");
  for (let line = 1; line <= lines; line += 1) ben.say(`Line ${line}`);
  for (let heard = 1; heard <= lines; heard += 1) await ben.next("chat");
  return ben;
}
