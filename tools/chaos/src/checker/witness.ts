import { unreachable, type LogEntry } from "@parley/protocol";
import type { FinalLog, Observation } from "./observation.ts";
import { Showing } from "./showing.ts";

interface Acknowledgement {
  readonly epoch: string;
  readonly entry: LogEntry;
}

type Refused = Extract<Observation, { is: "refused" }>;

/** Everything that was observed of one client. */
export interface Witness {
  readonly client: string;
  /** Undefined if it never joined. */
  readonly person: string | undefined;
  /** Bodies by id, in the order of writing. */
  readonly wrote: ReadonlyMap<string, string>;
  /** All of them: an id may be answered more than once. */
  readonly acknowledged: readonly Acknowledgement[];
  readonly refused: readonly Refused[];
  /** The ids that later ones of the same client may come before. */
  readonly overtaken: ReadonlySet<string>;
  readonly showing: Showing;
  /** Every entry that it was shown, with the epoch of its log. */
  readonly saw: readonly Acknowledgement[];
  readonly left: boolean;
}

/** Groups observations by client. */
export function witnesses(observations: readonly Observation[], log: FinalLog): Witness[] {
  const byClient = Map.groupBy(observations, ({ client }) => client);
  return [...byClient].map(([client, own]) => witness(client, own, log));
}

function witness(client: string, observations: readonly Observation[], log: FinalLog): Witness {
  let person: string | undefined;
  let left = false;
  const wrote = new Map<string, string>();
  const acknowledged: Acknowledgement[] = [];
  const refused: Refused[] = [];
  const overtaken = new Set<string>();
  const saw: Acknowledgement[] = [];
  const showing = new Showing(client, log);
  for (const observation of observations) {
    switch (observation.is) {
      case "met":
        person = observation.person;
        break;
      case "wrote":
        wrote.set(observation.id, observation.body);
        break;
      case "acknowledged":
        acknowledged.push(observation);
        break;
      case "refused":
        refused.push(observation);
        break;
      case "overtaken":
        for (const id of observation.ids) overtaken.add(id);
        break;
      case "window":
      case "shown":
        showing.take(observation);
        for (const entry of observation.entries) saw.push({ epoch: observation.epoch, entry });
        break;
      case "left":
        left = true;
        break;
      default:
        unreachable(observation);
    }
  }
  return { client, person, wrote, acknowledged, refused, overtaken, showing, saw, left };
}
