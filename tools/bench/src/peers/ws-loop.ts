import { WebSocket, WebSocketServer } from "ws";
import type { Frame } from "./frame.ts";

/**
 * A chat as in tutorials: for every message it goes through all sockets and sends to those of the
 * room. Nothing is stored, numbered or acknowledged.
 */
const server = new WebSocketServer({
  host: "127.0.0.1",
  port: Number(process.env["PORT"]),
  perMessageDeflate: false,
});
const roomOf = new Map<WebSocket, string>();
let people = 0;

server.on("connection", (socket) => {
  const name = `guest-${(people += 1)}`;
  socket.on("message", (data: Buffer) => {
    const frame = JSON.parse(data.toString()) as Frame;
    if (frame.type === "join") {
      roomOf.set(socket, frame.payload.roomId);
      socket.send(JSON.stringify({ type: "joined", payload: frame.payload }));
      return;
    }
    const { message } = frame.payload;
    const payload = { message, from: name, at: Date.now() };
    const text = JSON.stringify({ type: "chat", payload });
    const room = roomOf.get(socket);
    for (const client of server.clients) {
      if (client.readyState === WebSocket.OPEN && roomOf.get(client) === room) client.send(text);
    }
  });
  socket.on("close", () => roomOf.delete(socket));
});
