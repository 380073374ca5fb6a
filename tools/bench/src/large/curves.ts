import { subjects, type SubjectName } from "../processes/subject.ts";
import { figure } from "../report/figures.ts";
import type { CurveName, Point } from "../rows/point.ts";
import type { Measured, Row, RowVerdict, Unit } from "../rows/row.ts";
import { measurePoint } from "./point.ts";

/** Which points of the curves are measured. */
export interface CurveRange {
  readonly members: readonly number[];
  /** The sizes of rooms. */
  readonly rooms: readonly number[];
}

export const WHOLE_RANGE: CurveRange = {
  members: [1_000, 5_000, 20_000, 50_000, 100_000],
  rooms: [2, 100, 1_000, 10_000],
};

const COMPARED: readonly SubjectName[] = ["parley", "socket.io"];
/** No point is begun later than this after the first, so that all of them fit into 40 minutes. */
const BEGUN_WITHIN_MS = 37 * 60_000;

const UNITS: Readonly<Record<CurveName, { readonly unit: Unit; readonly what: string }>> = {
  cpu: { unit: "µs", what: "CPU a delivery" },
  memory: { unit: "KB", what: "memory a member" },
  join: { unit: "ms", what: "a join" },
  back: { unit: "s", what: "all back" },
};

/** A row for each number of members: Parley and its peer, in rooms of each size. */
export function curveRows({ members, rooms }: CurveRange): Row[] {
  let deadline: number | undefined;
  return members.map((count) => ({
    name: `curves-${count}`,
    async measure(bench) {
      deadline ??= performance.now() + BEGUN_WITHIN_MS;
      const points: Point[] = [];
      for (const size of rooms.filter((size) => size <= count)) {
        for (const subject of COMPARED) {
          const at = { subject, members: count, size };
          bench.progress(`${subjects[subject].title}, rooms of ${size}`);
          points.push(
            performance.now() > deadline
              ? { ...at, figures: {}, bounds: ["no time was left"] }
              : await measurePoint(bench, subject, count, size).catch((error: unknown): Point => ({
                  ...at,
                  figures: {},
                  bounds: [String(error)],
                })),
          );
        }
      }
      return {
        title: `${count} members on several servers: server CPU a delivery`,
        conditions:
          "each server on one Redis behind HAProxy, which brings a room to one server; everything on the same cores",
        unit: "µs",
        verdicts: againstPeer(points),
        measured: points.map(lineOf),
        points,
      };
    },
  }));
}

/** What Parley needs for a delivery as a multiple of what its peer does, in rooms of each size. */
function againstPeer(points: readonly Point[]): RowVerdict[] {
  return points
    .filter(({ subject }) => subject === "parley")
    .flatMap(({ size, figures: { cpu: ours } }) => {
      const peer = points.find((point) => point.size === size && point.subject !== "parley");
      const theirs = peer?.figures.cpu;
      if (!peer || ours === undefined || theirs === undefined) return [];
      const of = `against ${subjects[peer.subject].title}, rooms of ${size}`;
      return [{ of, value: ours / theirs, unit: "×" }];
    });
}

function lineOf({
  subject,
  size,
  figures,
  bounds,
  joinsPerSecond,
  p99,
  halfBackS,
}: Point): Measured {
  const notes = (["memory", "join", "back"] as const).map(
    (name) => `${UNITS[name].what} ${figure(figures[name], UNITS[name].unit)}`,
  );
  if (halfBackS !== undefined) notes.push(`half back ${figure(halfBackS, "s")}`);
  if (joinsPerSecond !== undefined) notes.push(`${Math.round(joinsPerSecond)} joins/s`);
  return {
    subject,
    variant: `rooms of ${size}`,
    figure: figures.cpu ?? Number.NaN,
    ...(p99 === undefined ? {} : { p99 }),
    notes: [...notes, ...bounds.map((bound) => `bounded by ${bound}`)],
  };
}
