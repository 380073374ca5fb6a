import { join } from "node:path";
import { FILE_BYTES_MAX } from "@parley/protocol";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

/** What a host reads who starts it with this environment. */
function complaint(env: Record<string, string>): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split("\n");
    throw error;
  }
  throw new Error("This environment was taken.");
}

describe("the configuration", () => {
  it("needs nothing: every variable has a default", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ port: 8080, logLevel: "info", allowedOrigins: [] });
    expect(config.host).toBeUndefined();
    expect(config.trustProxy).toBeUndefined();
    expect(config.rates.messages).toEqual({ perSecond: 5, burst: 20 });
    expect(config.rates.person).toEqual({ perSecond: 50, burst: 50 });
    expect(config.rates.newRooms).toEqual({ perSecond: 1, burst: 60 });
    expect(config.rates.connections).toBe(50);
    expect(config.backlogBytes).toBe(268_435_456);
    expect(Object.isFrozen(config)).toBe(true);
  });

  it("takes a cap on what is stored in GB, and 0 for none", () => {
    expect(readConfig({}).dataBytes).toBe(20_000_000_000);
    expect(readConfig({ DATA_GB: "0.5" }).dataBytes).toBe(500_000_000);
    expect(readConfig({ DATA_GB: "0" }).dataBytes).toBe(Infinity);
    expect(complaint({ DATA_GB: "much" })).toEqual([
      'DATA_GB="much" is not usable: it takes a number, such as 20 or 0.5; 0 for no cap.',
    ]);
  });

  it("stores files beside the log, unless several servers have to reach them", () => {
    expect(readConfig({ DATA_DIR: "/srv/chat" }).files).toEqual({
      in: "folder",
      folder: join("/srv/chat", "files"),
    });
    const shared = { REDIS_URL: "redis://localhost" };
    expect(readConfig(shared).files).toEqual({ in: "no place" });
    for (const env of [{}, shared]) {
      const folder = { in: "folder", folder: "/mnt/files" };
      expect(readConfig({ ...env, FILES: "/mnt/files" }).files).toEqual(folder);
      expect(readConfig({ ...env, FILES: "off" }).files).toEqual({ in: "off" });
    }
  });

  it("stores files in a bucket of S3", () => {
    const env = { REDIS_URL: "redis://localhost", FILES: "s3://key:se/cr+t@host/bucket/chat" };
    expect(readConfig(env).files).toEqual({
      in: "bucket",
      bucket: {
        endpoint: "https://host/bucket",
        prefix: "chat/",
        region: "auto",
        key: "key",
        secret: "se/cr+t",
      },
    });
  });

  it("takes the largest file in MB, and a cap on all of them in GB", () => {
    expect(readConfig({})).toMatchObject({ fileBytes: 26_214_400, filesBytes: 5_000_000_000 });
    expect(readConfig({ FILE_MB: `${FILE_BYTES_MAX / 1_048_576}`, FILES_GB: "0" })).toMatchObject({
      fileBytes: FILE_BYTES_MAX,
      filesBytes: Infinity,
    });
    expect(complaint({ FILE_MB: "9999" })).toEqual([
      `FILE_MB="9999" is not usable: it takes at most ${FILE_BYTES_MAX / 1_048_576}.`,
    ]);
  });

  it("repeats no value that may hold a password", () => {
    const env = { FILES: "s4://key:hunter2@host/bucket", REDIS_URL: "redes://:hunter2@host" };
    expect(complaint(env).join("\n")).not.toMatch(/hunter2/);
    expect(complaint(env)).toEqual([
      "FILES is not usable: it takes a folder, off, or s3://key:secret@host/bucket?region=….",
      "REDIS_URL is not usable: it takes redis://host:port, rediss://host:port, or redis+cluster://host:port,host:port.",
    ]);
  });

  it("sends to public hosts unless it is told otherwise", () => {
    expect(readConfig({}).outbound).toEqual({ allow: [] });
    const { outbound } = readConfig({ OUTBOUND_ALLOW: "Build.example, 10.0.0.7,[::1]" });
    expect(outbound).toEqual({ allow: ["build.example", "10.0.0.7", "[::1]"] });
    expect(readConfig({ OUTBOUND: "off", OUTBOUND_ALLOW: "a" }).outbound).toBeUndefined();
    const ports = ["a:80", "localhost:3000", "[::1]:3000"];
    for (const hosts of [...ports, "*", "*.a", "http://a", "a/b", "a,,b", "0x7f.1"]) {
      expect(complaint({ OUTBOUND_ALLOW: hosts })[0], hosts).toMatch(
        /it takes hosts without ports and without \*, such as/,
      );
    }
  });

  it("takes an empty variable as unset", () => {
    const empty = { PORT: "", HOST: "", ALLOWED_ORIGINS: "", TRUST_PROXY: "", LIMITS: "" };
    expect(readConfig(empty)).toEqual(readConfig({}));
  });

  it("ignores what is not its own", () => {
    expect(readConfig({ PATH: "/bin", PORTAL: "x" })).toEqual(readConfig({}));
  });

  it("reads every variable", () => {
    const config = readConfig({
      PORT: "0",
      HOST: "127.0.0.1",
      LOG_LEVEL: "debug",
      ALLOWED_ORIGINS: "https://chat.example, http://localhost:5173",
      TRUST_PROXY: "X-Forwarded-For",
      MESSAGES_PER_SECOND: "7",
      MESSAGES_BURST: "70",
      PERSON_MESSAGES_PER_SECOND: "9",
      NEW_ROOMS_PER_MINUTE: "30",
      CONNECTIONS_PER_ADDRESS: "1000",
      MEMORY_MB: "64",
      STORED_MB_PER_MINUTE: "6",
      REUSE_PORT: "on",
    });
    expect(config).toMatchObject({
      port: 0,
      host: "127.0.0.1",
      reusePort: true,
      logLevel: "debug",
      allowedOrigins: ["https://chat.example", "http://localhost:5173"],
      trustProxy: "x-forwarded-for",
      backlogBytes: 67_108_864,
    });
    expect(config.rates.messages).toEqual({ perSecond: 7, burst: 70 });
    expect(config.rates.storage).toEqual({ perSecond: 104_857.6, burst: 6_291_456 });
    // A member may use up the burst of a connection in a room.
    expect(config.rates.person).toEqual({ perSecond: 9, burst: 70 });
    expect(config.rates.newRooms).toEqual({ perSecond: 0.5, burst: 30 });
    // All of its connections may come back at once.
    expect(config.rates.requests).toEqual({ perSecond: 50, burst: 1_000 });
    expect(config.rates.connections).toBe(1_000);
  });

  it("keeps a connection that writes as fast as it may from counting as a flood", () => {
    const { messages, flood } = readConfig({
      MESSAGES_PER_SECOND: "900",
      MESSAGES_BURST: "5000",
    }).rates;
    expect(flood.perSecond).toBeGreaterThan(messages.perSecond);
    expect(flood.burst).toBeGreaterThan(messages.burst);
  });

  it("lifts every limit with LIMITS=off", () => {
    const { rates } = readConfig({ LIMITS: "off", MESSAGES_PER_SECOND: "1" });
    const { connections, streams, polls, uploads, personUploads, ...others } = rates;
    const counts = [connections, streams, polls, uploads, personUploads];
    expect(counts).toEqual(counts.map(() => Infinity));
    for (const rate of Object.values(others)) {
      expect(rate).toEqual({ perSecond: Infinity, burst: Infinity });
    }
  });

  it("names every bad variable at once, and what it may hold", () => {
    expect(
      complaint({
        PORT: "80a",
        LOG_LEVEL: "loud",
        ALLOWED_ORIGINS: "https://chat.example/",
        TRUST_PROXY: "X Forwarded",
        LIMITS: "no",
        MESSAGES_BURST: "0",
      }),
    ).toEqual([
      'PORT="80a" is not usable: it takes a whole number.',
      'LOG_LEVEL="loud" is not usable: it takes one of fatal, error, warn, info, debug, trace, silent.',
      'ALLOWED_ORIGINS="https://chat.example/" is not usable: it takes origins such as https://chat.example, separated by commas.',
      'TRUST_PROXY="X Forwarded" is not usable: it takes the name of a header, such as X-Forwarded-For.',
      'LIMITS="no" is not usable: it takes on or off.',
      'MESSAGES_BURST="0" is not usable: it takes at least 1.',
    ]);
  });

  it("takes no header whose addresses stand among other things", () => {
    expect(complaint({ TRUST_PROXY: "Forwarded" })).toEqual([
      'TRUST_PROXY="Forwarded" is not usable: it takes a header that has addresses only, such as X-Forwarded-For.',
    ]);
  });

  it("says a thing once, however many origins are bad", () => {
    expect(complaint({ ALLOWED_ORIGINS: "a,b,c" })).toHaveLength(1);
  });

  it.each(["-1", "65536", "1.5", " 80", "0x50", "1e3", "99999999999999999999"])(
    "does not take %j for a port",
    (port) => {
      expect(complaint({ PORT: port })).toHaveLength(1);
    },
  );

  it.each(["*", "https://chat.example", "http://127.0.0.1:5173"])(
    "takes %j for an origin",
    (origin) => {
      expect(readConfig({ ALLOWED_ORIGINS: origin }).allowedOrigins).toEqual([origin]);
    },
  );
});
