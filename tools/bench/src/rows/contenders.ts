import { deploymentText, type Deployment } from "../processes/deployment.ts";
import { subjects, type SubjectName } from "../processes/subject.ts";
import type { Measured, RowVerdict } from "./row.ts";

/** A server with its deployment. */
export interface Contender {
  readonly subject: SubjectName;
  readonly deployment: Deployment;
}

/**
 * The servers that can have several nodes: Parley, and Socket.IO with its adapter for Redis
 * streams.
 */
const SEVERAL: readonly SubjectName[] = ["parley", "socket.io"];

/** This many nodes on Redis, one node on Redis, and a single server; ours come first. */
export function contendersFor(nodes: number): Contender[] {
  const deployments: Deployment[] = [
    { nodes, by: "redis" },
    { nodes: 1, by: "redis" },
    { nodes: 1, by: "itself" },
  ];
  return SEVERAL.flatMap((subject) => deployments.map((deployment) => ({ subject, deployment })));
}

/** The name in tables. */
export function contenderText({ subject, deployment }: Contender): string {
  return `${subjects[subject].title}, ${deploymentText(deployment)}`;
}

/**
 * Parley's nodes as a multiple of as many of Socket.IO's, and of each server's own single ones.
 * @param measured in the order of {@link contendersFor}
 */
export function againstOthers(measured: readonly Measured[]): RowVerdict[] {
  const [ours, ...oursAlone] = measured.filter(({ subject }) => subject === "parley");
  const [theirs, ...theirsAlone] = measured.filter(({ subject }) => subject === "socket.io");
  if (!ours || !theirs) return [];
  return [
    ratio(ours, theirs),
    ...oursAlone.map((alone) => ratio(ours, alone)),
    ...theirsAlone.map((alone) => ratio(theirs, alone)),
  ];
}

function ratio(one: Measured, other: Measured): RowVerdict {
  const of = `${textOf(one)} against ${textOf(other)}`;
  return { of, value: one.figure / other.figure, unit: "×" };
}

function textOf({ subject, variant }: Measured): string {
  const { title } = subjects[subject];
  return variant === undefined ? title : `${title}, ${variant}`;
}
