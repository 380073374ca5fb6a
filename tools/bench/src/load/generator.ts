import { setTimeout as sleep } from "node:timers/promises";
import { unreachable } from "@parley/protocol";
import { Crowd } from "./crowd.ts";
import type { Answered, Asked, Order, OrderName, Orders } from "./orders.ts";
import { Population } from "./population.ts";
import { quiet } from "./quiet.ts";
import { steady } from "./steady.ts";
import { Storm } from "./storm.ts";
import { talk } from "./talk.ts";

/** The load generator process: carries out one order at a time, and ends with its parent. */

let crowd: Crowd | undefined;
let storm: Storm | undefined;
let population: Population | undefined;

process.on("message", ({ id, order }: Asked) => {
  carryOut(order).then(
    (report) => answer({ id, is: "done", report }),
    (error: unknown) => answer({ id, is: "failed", why: String(error) }),
  );
});
process.on("disconnect", () => process.exit());

function answer(answered: Answered): void {
  process.send?.(answered);
}

async function carryOut(order: Order): Promise<Orders[OrderName]["report"]> {
  switch (order.do) {
    case "gather": {
      crowd?.disperse();
      const gathered = await Crowd.gather(order);
      crowd = gathered.crowd;
      return gathered.report;
    }
    case "steady":
      return steady(present(crowd), order);
    case "quiet":
      return quiet(present(crowd), order);
    case "silence":
      return { silent: present(crowd).silence(order.perRoom) };
    case "wake":
      return wake(present(crowd), order.waitMs);
    case "settle":
      storm?.leave();
      storm = new Storm(order);
      return storm.settle();
    case "return":
      return present(storm).allBack(order);
    case "populate":
      population = new Population(order);
      return population.join(order);
    case "halt":
      population?.halt();
      return {};
    case "move":
      return present(population).move(order);
    case "visit":
      return present(population).visit(order);
    case "talk":
      return talk(present(population), order);
    case "come back":
      return present(population).comeBack(order.withinMs);
    default:
      return unreachable(order);
  }
}

async function wake(crowd: Crowd, waitMs: number): Promise<Orders["wake"]["report"]> {
  crowd.wake();
  await sleep(waitMs);
  return { closed: Object.fromEntries(crowd.lostBy) };
}

function present<Guests>(guests: Guests | undefined): Guests {
  if (!guests) throw new Error("no client has joined");
  return guests;
}
