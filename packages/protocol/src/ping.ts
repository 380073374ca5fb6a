import * as v from "valibot";

/** Answered by `pong`; the server's own `ping` goes only to clients of the subprotocol. */
export const Ping = v.object({});
