import type { SubjectName } from "../processes/subject.ts";

/** What is measured of a point. */
export type CurveName = "cpu" | "memory" | "join" | "back";

/** A server with so many members in rooms of one size. */
export interface Point {
  readonly subject: SubjectName;
  readonly members: number;
  /** The members of each room. */
  readonly size: number;
  /** CPU of the servers a delivery, µs; memory a member, KB; a join, ms; all back, s. */
  readonly figures: Readonly<Partial<Record<CurveName, number>>>;
  /** Why a figure is missing. */
  readonly bounds: readonly string[];
  /** Further figures. */
  readonly joinsPerSecond?: number;
  readonly p99?: number;
  readonly halfBackS?: number;
  readonly idleCores?: number;
}
