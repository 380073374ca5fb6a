/** The frames of clients of the `ws` servers. */
export type Frame =
  | { type: "join"; payload: { roomId: string } }
  | { type: "chat"; payload: { message: string } };
