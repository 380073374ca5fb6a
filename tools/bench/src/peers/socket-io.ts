import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "@redis/client";
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
 * compression, no reference kept to the first request. Nothing is stored or numbered. With
 * REDIS_URL it is one of several servers, over its adapter for Redis streams.
 */
// A balancer asks any path but Socket.IO's own whether the server is ready.
const http = createServer((_request, response) => response.end("ready"));
const io = new Server<ToServer, ToClient>(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  ...(await adapterFor(process.env["REDIS_URL"])),
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

async function adapterFor(redisUrl: string | undefined) {
  if (redisUrl === undefined) return {};
  const redis = createClient({ url: redisUrl });
  await redis.connect();
  return { adapter: createAdapter(redis, { onlyPlaintext: true }) };
}
