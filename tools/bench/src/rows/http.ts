import { subjects } from "../processes/subject.ts";
import { Stage } from "../stage.ts";
import { steadyLine } from "./held-lines.ts";
import { highestHeld, type Steady } from "./held.ts";
import { measureResident, notesOnResident, type Resident } from "./resident.ts";
import type { Bench, Measured, Row, RowVerdict } from "./row.ts";

const MICROSECONDS = 1_000_000;
const BY_SOCKET = "parley";
const BY_HTTP = "parley-http";
type Way = typeof BY_SOCKET | typeof BY_HTTP;

/** The cost of one transport: to read a room with many others, and to write without other load. */
interface Cost {
  readonly resident: Resident;
  readonly reading: Steady;
  /** The highest rate that was held. */
  readonly writing: Steady | undefined;
}

/**
 * Streams of events and posts, compared with the same over sockets, on the same server in the same
 * run.
 */
export const http: Row = {
  name: "http",
  async measure(bench) {
    const { readers, posts } = bench.sizes.http;
    const sockets = await costOf(BY_SOCKET, bench);
    const streams = await costOf(BY_HTTP, bench);
    return {
      title: "HTTP beside sockets: server CPU a delivery read, a message written",
      conditions: `${streams.resident.guests} readers of one room, ${readers.rate} messages/s; writers in ${posts.rooms} rooms of ${posts.size}, each message stored and acknowledged; messages of ${posts.bodyBytes} bytes`,
      unit: "µs",
      verdicts: verdictsOf(streams, sockets),
      measured: [...linesOf(BY_SOCKET, sockets), ...linesOf(BY_HTTP, streams)],
    };
  },
};

async function costOf(way: Way, bench: Bench): Promise<Cost> {
  const { readers, posts } = bench.sizes.http;
  const subject = subjects[way];
  bench.progress(`${subject.title}: readers`);
  const read = await Stage.with(subject, bench.pinning, async (stage) => {
    const resident = await measureResident(stage, readers, bench.socketsMax);
    const { bodyBytes, rate, warmMs, measureMs, graceMs } = readers;
    const load = { bodyBytes, rate, warmMs, measureMs, graceMs };
    const reading = await stage.carryOut({ do: "steady", ...load, pids: stage.server.pids });
    return { resident, reading };
  });
  return { ...read, writing: await highestHeld(subject, bench, posts) };
}

function verdictsOf(streams: Cost, sockets: Cost): RowVerdict[] {
  const kb = streams.resident.kbEach;
  const perSecond = streams.writing?.messagesPerSecond ?? 0;
  const against = (ours: number, theirs: number) => ({ value: ours / theirs, unit: "×" as const });
  return [
    { of: "posts stored and acknowledged, p99 ≤ 50 ms", value: perSecond, unit: "messages/s" },
    {
      of: "against messages over sockets",
      ...against(perSecond, sockets.writing?.messagesPerSecond ?? Number.NaN),
    },
    { of: "CPU a delivery to a stream", value: cpuOf(streams.reading), unit: "µs" },
    {
      of: "against a delivery to a socket",
      ...against(cpuOf(streams.reading), cpuOf(sockets.reading)),
    },
    { of: "memory a stream", value: kb, unit: "KB" },
    { of: "against memory a socket", ...against(kb, sockets.resident.kbEach) },
  ];
}

function linesOf(subject: Way, { resident, reading, writing }: Cost): Measured[] {
  const { notes, ...line } = steadyLine(reading);
  const kb = `${resident.kbEach.toFixed(1)} KB each`;
  const read: Measured = {
    subject,
    variant: "read",
    figure: cpuOf(reading),
    ...line,
    notes: [kb, ...notesOnResident(resident), ...notes],
  };
  if (!writing)
    return [read, { subject, variant: "write", figure: 0, notes: ["no rate was held"] }];
  const written = steadyLine(writing);
  const rate = `${Math.round(writing.messagesPerSecond)} messages/s`;
  const { serverCpu = Number.NaN, messagesPerSecond } = writing;
  const figure = (serverCpu * MICROSECONDS) / messagesPerSecond;
  return [read, { subject, variant: "write", figure, ...written, notes: [rate, ...written.notes] }];
}

/** The server's CPU for a delivery, in µs. */
function cpuOf({ serverCpu = Number.NaN, deliveriesPerSecond }: Steady): number {
  return (serverCpu * MICROSECONDS) / deliveriesPerSecond;
}
