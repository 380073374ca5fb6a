import { WebSocketServer, type WebSocket } from "ws";
import type { Frame } from "./frame.ts";

/**
 * A chat on `ws` with a map of rooms: a message goes to the sockets of its room, and is encoded
 * once. Nothing is stored, numbered or acknowledged.
 */
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.env["PORT"]),
  perMessageDeflate: false,
  clientTracking: false,
});
const rooms = new Map<string, Set<WebSocket>>();
let people = 0;

function enter(roomId: string, socket: WebSocket): Set<WebSocket> {
  const room = rooms.get(roomId) ?? new Set();
  rooms.set(roomId, room.add(socket));
  socket.on("close", () => {
    room.delete(socket);
    if (room.size === 0) rooms.delete(roomId);
  });
  return room;
}

server.on("connection", (socket) => {
  const name = `guest-${(people += 1)}`;
  let room: Set<WebSocket> | undefined;
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === "join") {
      room = enter(frame.payload.roomId, socket);
      socket.send(JSON.stringify({ type: "joined", payload: frame.payload }));
      return;
    }
    const payload = { message: frame.payload.message, from: name, at: Date.now() };
    const text = JSON.stringify({ type: "chat", payload });
    for (const member of room ?? []) member.send(text);
  });
});
