/** What the clients of the `ws` servers send. */
export type Frame =
  | { type: "join"; payload: { roomId: string } }
  | { type: "chat"; payload: { message: string } };
