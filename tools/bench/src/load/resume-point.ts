/** What a member needs to continue where it left off. */
export interface ResumePoint {
  readonly token: string;
  readonly epoch: string;
  /** The number of the room's last entry. */
  readonly head: number;
}

/**
 * Finds it in the text of Parley's answer to a join. That text may list hundreds of members, so it
 * is not parsed.
 * @returns undefined if it is not there, as in the answers of other servers
 */
export function resumePointIn(text: string): ResumePoint | undefined {
  const token = /"token":"([^"]+)"/.exec(text)?.[1];
  const epoch = /"epoch":"([^"]+)"/.exec(text)?.[1];
  const head = /"head":(\d+)/.exec(text)?.[1];
  if (token === undefined || epoch === undefined || head === undefined) return undefined;
  return { token, epoch, head: Number(head) };
}
