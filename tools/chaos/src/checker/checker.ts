import { nameOf } from "./content.ts";
import type { FinalLog, Observation } from "./observation.ts";
import { differing, doubledInLog, refusedShown } from "./log-rules.ts";
import { lost, outOfOrder, unseen, unsettled } from "./promises.ts";
import { wrongSettings } from "./settings-rule.ts";
import type { Verdict } from "./verdict.ts";
import { witnesses } from "./witness.ts";

/**
 * Judges one round in one room.
 * A: every acknowledged message is in the final log and was shown to everybody who stayed or came
 * back.
 * B: no `(person, id)` and no `seq` was shown twice to one client.
 * C: the same `(epoch, seq)` had the same content everywhere, and no gap was unexplained.
 * D: nothing that was refused for good was shown as part of the final log.
 * Besides: an author's messages are in the order of writing, everything written is acknowledged or
 * refused in the end (SPEC D5), and every server has the settings that the log gives (SPEC G2).
 * @param observations of all clients; those of one client in the order in which they were made
 */
export function check(observations: readonly Observation[], log: FinalLog): Verdict {
  const clients = witnesses(observations, log);
  const sent = clients.flatMap(({ person, wrote }) =>
    [...wrote.keys()].map((id) => `${person} ${id}`),
  );
  const answered = clients.flatMap(({ acknowledged }) =>
    acknowledged.map(({ entry }) => nameOf(entry)),
  );
  return {
    figures: {
      rounds: 1,
      // One member may be several clients, one after the other.
      sent: new Set(sent).size,
      acknowledged: new Set(answered).size,
      refused: observations.filter(({ is }) => is === "refused").length,
      lostAndSaid: 0,
    },
    violations: [
      ...clients.flatMap((client) => lost(client, log)),
      ...clients.flatMap((client) => unseen(client, clients, log)),
      ...clients.flatMap(({ showing }) => showing.violations),
      ...doubledInLog(log),
      ...differing(clients, log),
      ...refusedShown(clients, log),
      ...clients.flatMap(outOfOrder),
      ...clients.flatMap(unsettled),
      ...wrongSettings(clients, log),
    ],
  };
}
