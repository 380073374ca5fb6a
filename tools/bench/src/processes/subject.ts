import { fileURLToPath } from "node:url";
import type { DialectName } from "../load/dialect.ts";

/** A server that is measured. */
export interface Subject {
  readonly name: SubjectName;
  /** The name in tables. */
  readonly title: string;
  readonly dialect: DialectName;
  /**
   * The file that Node runs. It listens on 127.0.0.1 and the port in PORT; if it can share a Redis
   * with others, that is at REDIS_URL.
   */
  readonly file: string;
  /**
   * The path that answers with 200 once it is ready; undefined if it is ready as soon as it
   * listens.
   */
  readonly readyPath?: string;
  /** @param dataDir a separate folder, empty at first */
  env(dataDir: string): Readonly<Record<string, string>>;
}

export type SubjectName = "parley" | "parley-http" | "ws-rooms" | "ws-loop" | "socket.io";

const nothing = () => ({});

const parley: Subject = {
  name: "parley",
  title: "Parley",
  dialect: "parley",
  file: fileURLToPath(import.meta.resolve("@parley/server/main")),
  readyPath: "/readyz",
  env: (dataDir) => ({
    HOST: "127.0.0.1",
    DATA_DIR: dataDir,
    LIMITS: "off",
    LOG_LEVEL: "error",
  }),
};

export const subjects: Readonly<Record<SubjectName, Subject>> = {
  parley,
  "parley-http": { ...parley, name: "parley-http", title: "Parley over HTTP", dialect: "http" },
  "ws-rooms": {
    name: "ws-rooms",
    title: "ws, a map of rooms",
    dialect: "ws",
    file: fileURLToPath(new URL("../peers/ws-rooms.ts", import.meta.url)),
    env: nothing,
  },
  "ws-loop": {
    name: "ws-loop",
    title: "ws, a loop over all",
    dialect: "ws",
    file: fileURLToPath(new URL("../peers/ws-loop.ts", import.meta.url)),
    env: nothing,
  },
  "socket.io": {
    name: "socket.io",
    title: "Socket.IO 4.8",
    dialect: "socket.io",
    file: fileURLToPath(new URL("../peers/socket-io.ts", import.meta.url)),
    readyPath: "/readyz",
    env: nothing,
  },
};
