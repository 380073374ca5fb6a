import { againstPeers } from "./against.ts";
import { heldLines } from "./held-lines.ts";
import type { Row } from "./row.ts";

/** How many messages a second are stored, ordered and acknowledged; the peer does none of this. */
export const durable: Row = {
  name: "durable",
  async measure(bench) {
    const sizes = bench.sizes.durable;
    const measured = await heldLines(
      bench,
      sizes,
      ["parley", "ws-rooms"],
      ({ messagesPerSecond }) => messagesPerSecond,
    );
    return {
      title: "Messages a second, stored and acknowledged, p99 ≤ 50 ms",
      conditions: `${sizes.rooms} rooms of ${sizes.size}, messages of ${sizes.bodyBytes} bytes; the peer stores and acknowledges nothing`,
      unit: "messages/s",
      verdicts: againstPeers(measured, { "ws-rooms": { is: "at least", value: 0.5 } }),
      measured,
    };
  },
};
