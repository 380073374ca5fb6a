import { describe, expect, it } from "vitest";
import { durabilityWarnings, type RedisSettings } from "./durability-warnings.ts";

const STRONG: RedisSettings = {
  version: "7.2.4",
  appendonly: "yes",
  appendfsync: "always",
  maxmemory: "0",
  "maxmemory-policy": "noeviction",
  replicas: 1,
};

describe("what the host is warned of", () => {
  it("is nothing if Redis keeps every write and replicas are waited for", () => {
    expect(durabilityWarnings(STRONG, 1)).toEqual([]);
    expect(durabilityWarnings({ ...STRONG, "maxmemory-policy": "allkeys-lru" }, 1)).toEqual([]);
  });

  it.each<[Partial<RedisSettings>, number, RegExp]>([
    [{ version: "6.2.1" }, 1, /6\.2\.1/],
    [{ appendonly: "no" }, 1, /appendonly is off/],
    [{ appendfsync: "everysec" }, 1, /appendfsync is everysec/],
    [{ maxmemory: "1000", "maxmemory-policy": "volatile-ttl" }, 1, /volatile-ttl/],
    [{ replicas: 0 }, 0, /no replica/],
    [{ replicas: 1 }, 0, /REDIS_WAIT_REPLICAS is 0/],
    [{ replicas: 1 }, 2, /all is refused/],
  ])("is %j while %i replicas are waited for", (setting, waitForReplicas, sentence) => {
    const found = durabilityWarnings({ ...STRONG, ...setting }, waitForReplicas);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });

  it("is that nothing can be checked, if settings may not be read", () => {
    expect(durabilityWarnings({ replicas: 1 }, 1)).toEqual([expect.stringMatching(/CONFIG/)]);
  });
});
