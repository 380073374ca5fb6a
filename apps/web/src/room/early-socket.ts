/** A page in which before-paint.js may have opened a socket while the app was fetched. */
interface EarlyPage {
  earlySocket?: WebSocket | undefined;
}

/**
 * Takes over the socket that is under way since the page began: a handshake less to wait for.
 * @param url the address that is wanted
 * @returns undefined if there is none, it was taken, it is over, or it goes elsewhere
 */
export function takeEarlySocket(
  url: string,
  page: EarlyPage = globalThis as EarlyPage,
): WebSocket | undefined {
  const { earlySocket: socket } = page;
  page.earlySocket = undefined;
  if (!socket || socket.readyState > WebSocket.OPEN) return undefined;
  if (socket.url === url) return socket;
  socket.close();
  return undefined;
}
