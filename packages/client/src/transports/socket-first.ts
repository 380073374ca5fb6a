import type { OpenRung } from "./ladder.ts";
import type { Goodbye, Transport } from "./transport.ts";
import { openWebSocket } from "./websocket.ts";

/** After so many WebSockets in a row that brought nothing, the ladder is loaded. */
const UNHEARD_MAX = 2;

/**
 * Opens WebSockets. Where two in a row bring nothing, all further connections are those of the
 * ladder, which is loaded then.
 * @param startsLower whether HTTP was needed lately: the ladder is loaded at once
 */
export function socketFirst(
  load: () => Promise<OpenRung>,
  startsLower: boolean,
): (url: string) => Transport {
  let unheard = startsLower ? UNHEARD_MAX : 0;
  let ladder: Promise<OpenRung> | undefined;
  return (url) => {
    if (unheard < UNHEARD_MAX) {
      unheard += 1;
      const socket = openWebSocket(url);
      return {
        ...socket,
        listen: (listener) =>
          socket.listen({
            ...listener,
            received(text) {
              unheard = 0;
              listener.received(text);
            },
          }),
      };
    }
    ladder ??= load();
    return deferred(
      ladder.then(
        (open) => open(url),
        () => {
          ladder = undefined;
          return openWebSocket(url);
        },
      ),
    );
  };
}

/** A connection that is opened once it is known which. */
function deferred(opening: Promise<Transport>): Transport {
  let transport: Transport | undefined;
  let goodbye: Goodbye | undefined;
  return {
    listen: (listener) =>
      void opening.then((opened) => {
        transport = opened;
        opened.listen(listener);
        // Nothing was sent, and nothing is wrong with it.
        if (goodbye) opened.close("left");
      }),
    send: (text) => transport?.send(text),
    close(how) {
      goodbye = how;
      transport?.close(how);
    },
  };
}
