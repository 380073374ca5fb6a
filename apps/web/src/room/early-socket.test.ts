import { expect, it, vi } from "vitest";
import { takeEarlySocket } from "./early-socket.ts";

const URL = "ws://test/ws?r=3f2";

function pageWith(readyState: number, url = URL) {
  const close = vi.fn();
  const earlySocket = { url, readyState, close } as unknown as WebSocket;
  return { page: { earlySocket }, earlySocket, close };
}

it("gives the socket of the page once, whether it is open yet or not", () => {
  for (const state of [WebSocket.CONNECTING, WebSocket.OPEN]) {
    const { page, earlySocket, close } = pageWith(state);
    expect(takeEarlySocket(URL, page)).toBe(earlySocket);
    expect(takeEarlySocket(URL, page)).toBeUndefined();
    expect(close).not.toHaveBeenCalled();
  }
});

it("gives none that is over", () => {
  const { page } = pageWith(WebSocket.CLOSED);
  expect(takeEarlySocket(URL, page)).toBeUndefined();
});

it("closes one that goes elsewhere", () => {
  const { page, close } = pageWith(WebSocket.OPEN, "ws://test/ws?r=000");
  expect(takeEarlySocket(URL, page)).toBeUndefined();
  expect(close).toHaveBeenCalledOnce();
});

it("gives none where the page opened none", () => {
  expect(takeEarlySocket(URL, {})).toBeUndefined();
});
