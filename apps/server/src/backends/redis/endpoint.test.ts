import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../config.ts";
import { parseRedisUrl } from "./endpoint.ts";

describe("REDIS_URL", () => {
  it.each([
    "redis://localhost",
    "redis://user:pa%40ss@10.0.0.1:6380/3",
    "rediss://redis.example:6379",
  ])("%s names one server", (url) => expect(parseRedisUrl(url)).toEqual({ is: "server", url }));

  it("names the servers of a cluster, with one user and password for all", () => {
    expect(parseRedisUrl("redis+cluster://a:1,b:2")).toEqual({
      is: "cluster",
      urls: ["redis://a:1", "redis://b:2"],
    });
    expect(parseRedisUrl("rediss+cluster://me:x@a,b")).toEqual({
      is: "cluster",
      urls: ["rediss://me:x@a", "rediss://me:x@b"],
    });
  });

  it.each([
    "localhost:6379",
    "http://localhost",
    "redis://",
    "redis+cluster://",
    "redis+cluster://a,,b",
    "redis://a/queue",
    "redis://a/1/2",
    "redis+cluster://a,b/1",
    "redis://:a%zz@a",
    "redis://a%:x@a",
    "redis://%c3:%a9@a",
    "redis+cluster://:a%zz@a,b",
  ])("%j names none, and the server says so", (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
    expect(() => readConfig({ REDIS_URL: url })).toThrow(ConfigError);
    expect(() => readConfig({ REDIS_URL: url })).toThrow("REDIS_URL");
  });

  it("left out leaves the log embedded", () => {
    expect(readConfig({}).redis).toBeUndefined();
    expect(readConfig({ REDIS_URL: "redis://r", REDIS_WAIT_REPLICAS: "2" }).redis).toEqual({
      endpoint: { is: "server", url: "redis://r" },
      waitForReplicas: 2,
    });
  });
});
