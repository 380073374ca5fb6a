import { againstPeers } from "./against.ts";
import { heldLines } from "./held-lines.ts";
import type { Row } from "./row.ts";

/** How many deliveries a second a server holds. */
export const fanOut: Row = {
  name: "fan-out",
  async measure(bench) {
    const sizes = bench.sizes.fanOut;
    const { rooms, size, bodyBytes } = sizes;
    const measured = await heldLines(
      bench,
      sizes,
      bench.sizes.compared,
      ({ deliveriesPerSecond }) => deliveriesPerSecond,
    );
    return {
      title: "Deliveries a second held with p99 ≤ 50 ms",
      conditions: `${rooms} rooms of ${size}, messages of ${bodyBytes} bytes; only Parley stores, orders and acknowledges them`,
      unit: "deliveries/s",
      verdicts: againstPeers(measured, { "socket.io": { is: "at least", value: 6 } }),
      measured,
    };
  },
};
