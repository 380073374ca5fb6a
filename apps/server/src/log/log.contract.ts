import { describe } from "vitest";
import { describeAppending } from "../../test/log-contract/appending.ts";
import { describeFollowing } from "../../test/log-contract/following.ts";
import type { OpenLog, OpenTrimmed } from "../../test/log-contract/open-log.ts";
import { describeReading } from "../../test/log-contract/reading.ts";
import { describeRestart, type DurableLog } from "../../test/log-contract/restart.ts";
import { describeSettings, describeTrimmedSettings } from "../../test/log-contract/settings.ts";
import { describeTrimming } from "../../test/log-contract/trimming.ts";

/** Abilities that only some logs have; their rules are tested if the ability is given. */
interface LogAbilities {
  readonly openTrimmed?: OpenTrimmed;
  /** Opens an empty log whose entries outlive it. */
  readonly openDurable?: () => Promise<DurableLog>;
}

/**
 * The rules that hold for every RoomLog.
 * @param name what the implementation is called
 * @param open opens an empty log
 * @param abilities what else it can do
 */
export function describeLogContract(
  name: string,
  open: () => Promise<OpenLog>,
  { openTrimmed, openDurable }: LogAbilities = {},
): void {
  describe(name, () => {
    describeAppending(open);
    describeReading(open);
    describeFollowing(open);
    describeSettings(open);
    if (openTrimmed) describeTrimming(openTrimmed);
    if (openTrimmed) describeTrimmedSettings(openTrimmed);
    if (openDurable) describeRestart(openDurable);
  });
}
