import { describe, expect, it } from "vitest";
import { wrongSignature, type SignedRequest } from "./s3-signature.ts";

const KEY = {
  key: "AKIAIOSFODNN7EXAMPLE",
  secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** The two examples in Amazon's manual, "Authenticating Requests: Using the Authorization Header". */
function example(url: string, signed: string, signature: string, more = {}): SignedRequest {
  const credential = `${KEY.key}/20130524/us-east-1/s3/aws4_request`;
  return {
    method: "GET",
    url,
    headers: {
      host: "examplebucket.s3.amazonaws.com",
      "x-amz-content-sha256": EMPTY,
      "x-amz-date": "20130524T000000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signed},Signature=${signature}`,
      ...more,
    },
  };
}
const getObject = example(
  "/test.txt",
  "host;range;x-amz-content-sha256;x-amz-date",
  "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  { range: "bytes=0-9" },
);
const listObjects = example(
  "/?max-keys=2&prefix=J",
  "host;x-amz-content-sha256;x-amz-date",
  "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
);

describe("the signature of a request to S3", () => {
  it.each([
    ["a range of an object", getObject],
    ["a list of objects", listObjects],
  ])("is right in Amazon's example of %s", (_, request) => {
    expect(wrongSignature(request, KEY)).toBeUndefined();
  });

  it.each<[string, SignedRequest, string]>([
    ["another path", { ...getObject, url: "/test.tx" }, "SignatureDoesNotMatch"],
    ["another query", { ...listObjects, url: "/?max-keys=3&prefix=J" }, "SignatureDoesNotMatch"],
    ["another method", { ...getObject, method: "PUT" }, "SignatureDoesNotMatch"],
    [
      "another range",
      { ...getObject, headers: { ...getObject.headers, range: "bytes=0-99" } },
      "SignatureDoesNotMatch",
    ],
    [
      "a header that is not signed",
      { ...getObject, headers: { ...getObject.headers, "x-amz-acl": "public-read" } },
      "AccessDenied",
    ],
    ["no signature", { ...getObject, headers: {} }, "AccessDenied"],
  ])("is wrong with %s", (_, request, code) => {
    expect(wrongSignature(request, KEY)).toBe(code);
  });

  it("is wrong with another key or secret", () => {
    expect(wrongSignature(getObject, { ...KEY, key: "AKIA" })).toBe("InvalidAccessKeyId");
    expect(wrongSignature(getObject, { ...KEY, secret: "other" })).toBe("SignatureDoesNotMatch");
  });
});
