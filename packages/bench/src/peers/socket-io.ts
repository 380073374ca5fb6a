import { createServer } from "node:http";
import { Server } from "socket.io";

interface ToServer {
  join(payload: { roomId: string }): void;
  chat(payload: { message: string }): void;
}

interface ToClient {
  joined(payload: { roomId: string }): void;
  chat(payload: { message: string; from: string; at: number }): void;
}

/**
 * A chat on Socket.IO's rooms, set up as its documentation advises for load: WebSocket only, no
 * compression, no reference kept to the first request. Nothing is stored or numbered.
 */
const http = createServer();
const io = new Server<ToServer, ToClient>(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
});
io.engine.on("connection", (socket: { request: unknown }) => {
  socket.request = null;
});

io.on("connection", (socket) => {
  let room: string | undefined;
  socket.on("join", async ({ roomId }) => {
    await socket.join(roomId);
    room = roomId;
    socket.emit("joined", { roomId });
  });
  socket.on("chat", ({ message }) => {
    if (room !== undefined) io.to(room).emit("chat", { message, from: socket.id, at: Date.now() });
  });
});

http.listen(Number(process.env["PORT"]), "127.0.0.1");
