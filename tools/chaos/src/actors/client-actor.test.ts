import { refusal } from "@parley/protocol";
import { freePort } from "@parley/testkit/ports";
import { onTestFinished, expect, it } from "vitest";
import type { Observation } from "../checker/observation.ts";
import { ClientActor } from "./client-actor.ts";

it("owes no second answer to what was refused for good on an earlier visit", async () => {
  const observations: Observation[] = [];
  const url = `ws://127.0.0.1:${await freePort()}`;
  const come = (client: string) => {
    const record = (observation: Observation) => observations.push(observation);
    const actor = new ClientActor({ client, url, roomId: "lobby", chance: () => 0.5, record });
    onTestFinished(() => actor.end());
    return actor;
  };
  const frame = (id: string) => ({ type: "chat", payload: { id, message: "Hello" } }) as const;

  come("Anna, visit 2").inherit(come("Anna"), [
    { id: "refused", frame: frame("refused"), at: 1, refusal: refusal("stale", "refused") },
    { id: "waits", frame: frame("waits"), at: 2 },
  ]);

  const wrote = observations.filter((observation) => observation.is === "wrote");
  expect(wrote.map(({ client, id }) => [client, id])).toEqual([["Anna, visit 2", "waits"]]);
});
