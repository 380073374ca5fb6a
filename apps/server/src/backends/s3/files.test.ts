import { S3Server } from "@parley/testkit/s3-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  describeFileStoreContract,
  fileId,
  listed,
  type OpenFileStore,
} from "../../files/file-store.contract.ts";
import { FilesUnavailable, NoSpace } from "../../files/file-store.ts";
import { parseBucketUrl, type Bucket } from "./bucket.ts";
import { S3Files } from "./files.ts";

/** A request is sent three times, at once. */
const AT_ONCE = [0, 0];

function bucketOf(server: S3Server, prefix?: string): Bucket {
  const bucket = parseBucketUrl(server.url(prefix));
  if (!bucket) throw new Error("This is no address of a bucket.");
  return bucket;
}

describeFileStoreContract("the store of files in S3", async () => {
  const server = await S3Server.start();
  const open = (close: () => Promise<void>): OpenFileStore => ({
    store: new S3Files(bucketOf(server, "/chat/files"), AT_ONCE),
    close,
    reopen: async () => open(() => server.stop()),
  });
  let isFirst = true;
  return {
    ...open(async () => {
      // The contract closes once more after it has opened the store once more.
      if (!isFirst) await server.stop();
      isFirst = false;
    }),
  };
});

const BYTES = new TextEncoder().encode("some bytes");

describe("the store of files in S3", () => {
  let server: S3Server;
  let store: S3Files;
  beforeEach(async () => {
    server = await S3Server.start();
    store = new S3Files(bucketOf(server), AT_ONCE);
  });
  afterEach(() => server.stop());

  /** Makes the first so many requests fail. */
  function failFirst(times: number, fault: ReturnType<S3Server["fault"]>): void {
    let left = times;
    server.fault = () => {
      left -= 1;
      return left >= 0 ? fault : undefined;
    };
  }

  it("keeps each part under the id of its file, beside what others keep in the bucket", async () => {
    const prefixed = new S3Files(bucketOf(server, "/chat"), AT_ONCE);
    server.objects.set("chat/notes", Buffer.from("not ours"));
    server.objects.set("chat/notes/x", Buffer.from("not ours"));
    server.objects.set(`other/${fileId(2)}/0`, Buffer.from("another chat's"));
    await prefixed.put(fileId(1), 0, BYTES);
    expect(server.objects.get(`chat/${fileId(1)}/0`)?.toString()).toBe("some bytes");
    expect(await listed(prefixed)).toEqual([fileId(1)]);
    await prefixed.delete(fileId(1));
    expect(server.objects.size).toBe(3);
  });

  it("[B5] stores a part once also in a bucket that knows no conditions", async () => {
    server.fault = (method, _, headers) =>
      method === "PUT" && headers["if-none-match"] !== undefined
        ? { status: 501, code: "NotImplemented" }
        : undefined;
    const other = new TextEncoder().encode("other");
    expect(await store.put(fileId(1), 0, BYTES)).toBe(true);
    expect(await store.put(fileId(1), 0, other)).toBe(false);
    expect(await store.put(fileId(1), 0, BYTES)).toBe(true);
    expect(await store.get(fileId(1), 0)).toEqual(BYTES);
  });

  it("[B5] stores a part again that is deleted while it is compared", async () => {
    await store.put(fileId(1), 0, BYTES);
    server.fault = (method) => {
      if (method === "GET") server.objects.clear();
      return undefined;
    };
    const other = new TextEncoder().encode("other");
    expect(await store.put(fileId(1), 0, other)).toBe(true);
  });

  it("asks for no more bytes than a range has", async () => {
    await store.put(fileId(1), 0, BYTES);
    expect(await store.get(fileId(1), 0, { from: 5, to: 7 })).toEqual(BYTES.slice(5, 7));
  });

  it("lists a file of 1,024 parts and a thumbnail", async () => {
    for (let part = 0; part < 1_024; part += 1) {
      server.objects.set(`${fileId(1)}/${part}`, Buffer.from("x"));
    }
    server.objects.set(`${fileId(1)}/thumb`, Buffer.from("x"));
    expect(await store.has(fileId(1))).toHaveLength(1_025);
    await store.delete(fileId(1));
    expect(server.objects.size).toBe(0);
  });

  const passing = [
    { status: 500, code: "InternalError" },
    { status: 503, code: "SlowDown" },
    { status: 429, code: "TooManyRequests" },
    { status: 409, code: "ConditionalRequestConflict" },
    "no answer",
  ] as const;

  it.each(passing)("sends a request once more after %j", async (fault) => {
    failFirst(2, fault);
    await store.put(fileId(1), 0, BYTES);
    expect(server.requests).toHaveLength(3);
    failFirst(2, fault);
    expect(await store.has(fileId(1))).toEqual([{ name: 0, bytes: BYTES.length }]);
    failFirst(2, fault);
    expect(await listed(store)).toEqual([fileId(1)]);
    failFirst(2, fault);
    await store.delete(fileId(1));
    failFirst(2, fault);
    expect(await store.get(fileId(1), 0)).toBeUndefined();
  });

  it("gives no half of a part, or of a list, whose answer ends too early", async () => {
    await store.put(fileId(1), 0, BYTES);
    failFirst(2, "half an answer");
    expect(await store.get(fileId(1), 0)).toEqual(BYTES);
    failFirst(2, "half an answer");
    expect(await store.has(fileId(1))).toHaveLength(1);
    failFirst(Infinity, "half an answer");
    await expect(store.get(fileId(1), 0)).rejects.toThrow(FilesUnavailable);
    await expect(listed(store)).rejects.toThrow(FilesUnavailable);
  });

  it.each(passing)("gives up after three times %j", async (fault) => {
    failFirst(Infinity, fault);
    await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(FilesUnavailable);
    expect(server.requests).toHaveLength(3);
    await expect(store.get(fileId(1), 0)).rejects.toThrow(FilesUnavailable);
    await expect(store.has(fileId(1))).rejects.toThrow(FilesUnavailable);
    await expect(store.delete(fileId(1))).rejects.toThrow(FilesUnavailable);
    await expect(listed(store)).rejects.toThrow(FilesUnavailable);
  });

  it.each([
    { status: 507, code: "XMinioStorageFull" },
    { status: 403, code: "QuotaExceeded" },
    { status: 507, code: "InsufficientStorage" },
    { status: 400, code: "XMinioAdminBucketQuotaExceeded" },
  ])("[B6] has no space if the bucket says %j", async (fault) => {
    failFirst(Infinity, fault);
    await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(NoSpace);
    expect(server.requests).toHaveLength(1);
  });

  it("says what is wrong with a bucket, a key or a secret, and shows none of them", async () => {
    const bucket = bucketOf(server);
    const wrong: [Partial<Bucket>, string][] = [
      [{ endpoint: bucket.endpoint.replace("bucket", "no-bucket") }, "404 (NoSuchBucket)"],
      [{ key: "another" }, "403 (InvalidAccessKeyId)"],
      [{ secret: "another" }, "403 (SignatureDoesNotMatch)"],
    ];
    for (const [change, why] of wrong) {
      const store = new S3Files({ ...bucket, ...change }, AT_ONCE);
      const failure = new FilesUnavailable(`S3 answers ${why}`);
      await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(failure);
      await expect(store.get(fileId(1), 0)).rejects.toThrow(failure);
      await expect(store.has(fileId(1))).rejects.toThrow(FilesUnavailable);
      await expect(listed(store)).rejects.toThrow(FilesUnavailable);
    }
  });

  it("is unavailable while the server is gone", async () => {
    const gone = await S3Server.start();
    const store = new S3Files(bucketOf(gone), AT_ONCE);
    await gone.stop();
    await expect(store.put(fileId(1), 0, BYTES)).rejects.toThrow(
      "S3 does not answer (ECONNREFUSED)",
    );
  });
});
