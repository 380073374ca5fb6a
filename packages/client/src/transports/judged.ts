import type { Transport } from "./transport.ts";

/**
 * How a connection ended: whether anything was received over it, and whether its client gave it up.
 */
export interface End {
  readonly isHeard: boolean;
  readonly isGivenUp: boolean;
}

/**
 * Watches how a connection ends. A client that leaves the room says nothing about its quality.
 * @param heard called at the first frame
 * @param ended called once
 */
export function judged(
  transport: Transport,
  ended: (end: End) => void,
  heard: () => void = () => {},
): Transport {
  let isHeard = false;
  let isOver = false;
  const end = (isGivenUp: boolean) => {
    if (!isOver) ended({ isHeard, isGivenUp });
    isOver = true;
  };
  return {
    listen: (listener) =>
      transport.listen({
        opened: () => listener.opened(),
        received(text) {
          if (!isHeard && !isOver) heard();
          isHeard = true;
          listener.received(text);
        },
        closed(code) {
          end(false);
          listener.closed(code);
        },
      }),
    send: (text) => transport.send(text),
    close(how) {
      // A client that leaves has received enough.
      isHeard ||= how === "left";
      end(true);
      transport.close(how);
    },
  };
}
