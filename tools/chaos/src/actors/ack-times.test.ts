import { expect, it } from "vitest";
import type { Observation } from "../checker/observation.ts";
import { AckTimes } from "./ack-times.ts";

const wrote = (client: string): Observation => ({ client, is: "wrote", id: "m1", body: "" });

function acknowledged(client: string): Observation {
  const from = { id: client, name: client };
  const payload = { id: "m1", seq: 1, at: 0, from, message: "" };
  return { client, is: "acknowledged", epoch: "e", entry: { type: "chat", payload } };
}

it("counts the first acknowledgement of a client's own messages, and no other", () => {
  const times = new AckTimes();
  times.take(wrote("Anna"));
  times.take(acknowledged("Ben"));
  expect(times.sorted).toEqual([]);
  times.take(acknowledged("Anna"));
  times.take(acknowledged("Anna"));
  expect(times.sorted).toHaveLength(1);
});
