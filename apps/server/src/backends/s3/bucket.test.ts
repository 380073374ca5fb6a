import { describe, expect, it } from "vitest";
import { parseBucketUrl } from "./bucket.ts";

describe("the address of a bucket", () => {
  it("has the key, the secret, the host and the bucket", () => {
    expect(parseBucketUrl("s3://KEY:SECRET@s3.example/photos")).toEqual({
      endpoint: "https://s3.example/photos",
      prefix: "",
      region: "auto",
      key: "KEY",
      secret: "SECRET",
    });
  });

  it("may have a port, a prefix, a region, and no TLS", () => {
    const url = "s3://k:s@10.0.0.7:9000/my.bucket-1/chat/files/?region=eu-central-1&tls=off";
    expect(parseBucketUrl(url)).toMatchObject({
      endpoint: "http://10.0.0.7:9000/my.bucket-1",
      prefix: "chat/files/",
      region: "eu-central-1",
    });
  });

  it.each([
    ["a/b+c=", "a/b+c="],
    ["a%2Fb%2Bc%3D", "a/b+c="],
    ["p:q", "p:q"],
    ["p%40q", "p@q"],
  ])("takes the secret %s, escaped or as it is", (written, secret) => {
    expect(parseBucketUrl(`s3://key:${written}@host/bucket`)?.secret).toBe(secret);
  });

  it.each([
    "s3://host/bucket",
    "s3://key@host/bucket",
    "s3://key:secret@host",
    "s3://key:secret@host/",
    "s3://key:secret@host/a",
    "s3://key:secret@host/Bucket",
    "s3://key:secret@host/bucket/../other",
    "s3://key:secret@host/bucket?tls=no",
    "s3://key:secret@host/bucket?region=a%20b",
    "s3://key:secret@host/bucket?acl=public",
    "s3://key:se%crt@host/bucket",
    "s3://key:secret@ho st/bucket",
    "http://key:secret@host/bucket",
  ])("is not %s", (text) => {
    expect(parseBucketUrl(text)).toBeUndefined();
  });
});
