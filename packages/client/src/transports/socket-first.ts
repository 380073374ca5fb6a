import type { OpenRung } from "./ladder.ts";
import type { Goodbye, Transport } from "./transport.ts";
import { openWebSocket } from "./websocket.ts";

/** How long a connection waits for the ladder's code to load before it does without, in ms. */
const LOAD_WITHIN_MS = 3_000;

/**
 * Opens WebSockets. After one that received nothing, it loads the ladder, which opens all later
 * connections.
 * @param keptRung the rung that was needed lately: the ladder is loaded at once
 * @param open opens a WebSocket
 */
export function socketFirst(
  load: () => Promise<OpenRung>,
  keptRung: string | undefined,
  open: (url: string) => Transport = openWebSocket,
): (url: string) => Transport {
  let isUnheard = keptRung !== undefined;
  let openRung: OpenRung | undefined;
  let loading: Promise<void> | undefined;

  const openSocket = (url: string): Transport => {
    isUnheard = true;
    const socket = open(url);
    return {
      ...socket,
      listen: (listener) =>
        socket.listen({
          ...listener,
          received(text) {
            isUnheard = false;
            listener.received(text);
          },
        }),
    };
  };

  return (url) => {
    if (!isUnheard) return openSocket(url);
    loading ??= load().then(
      (loaded) => void (openRung = loaded),
      () => void (loading = undefined),
    );
    const late = new Promise((resolve) => {
      setTimeout(resolve, LOAD_WITHIN_MS);
    });
    return deferred(Promise.race([loading, late]).then(() => openRung?.(url) ?? openSocket(url)));
  };
}

/** A connection that opens once its kind is known. */
function deferred(opening: Promise<Transport>): Transport {
  let transport: Transport | undefined;
  let goodbye: Goodbye | undefined;
  return {
    listen: (listener) =>
      void opening.then((opened) => {
        transport = opened;
        opened.listen(listener);
        // Nothing was sent, and the connection is not at fault.
        if (goodbye) opened.close("left");
      }),
    send: (text) => transport?.send(text),
    close(how) {
      goodbye = how;
      transport?.close(how);
    },
  };
}
