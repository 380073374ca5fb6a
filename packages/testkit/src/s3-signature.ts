import { createHash, createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** What a signature covers (AWS Signature Version 4). */
export interface SignedRequest {
  readonly method: string;
  /** The path and query, as they are on the wire. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A key of the only account. */
export interface S3Key {
  readonly key: string;
  readonly secret: string;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<scope>(?<date>\d{8})\/(?<region>[\w-]+)\/s3\/aws4_request), ?SignedHeaders=(?<names>[a-z\d;-]+), ?Signature=(?<signature>[\da-f]{64})$/;
/** Headers whose change would change what a request does. */
const TO_BE_SIGNED = /^(?:host|x-amz-.+)$/;

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/**
 * Checks the signature of a request, as S3 does.
 * @returns the code of what is wrong with it; undefined: nothing
 */
export function wrongSignature(
  request: SignedRequest,
  { key, secret }: S3Key,
): "AccessDenied" | "InvalidAccessKeyId" | "SignatureDoesNotMatch" | undefined {
  const groups = AUTHORIZATION.exec(request.headers.authorization ?? "")?.groups;
  const { scope, date, region, names, signature } = groups ?? {};
  if (!scope || !date || !region || !names || !signature) return "AccessDenied";
  if (groups?.["key"] !== key) return "InvalidAccessKeyId";
  const signed = names.split(";");
  const needed = Object.keys(request.headers).filter((name) => TO_BE_SIGNED.test(name));
  if (needed.some((name) => !signed.includes(name))) return "AccessDenied";
  const time = headerOf(request, "x-amz-date");
  if (!time.startsWith(date)) return "SignatureDoesNotMatch";
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical(request, signed))].join("\n");
  const signingKey = [region, "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${secret}`, date));
  return hmac(signingKey, toSign).toString("hex") === signature
    ? undefined
    : "SignatureDoesNotMatch";
}

function canonical(request: SignedRequest, signed: readonly string[]): string {
  const [path = "", query = ""] = request.url.split("?", 2);
  const parameters = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
    .toSorted();
  return [
    request.method,
    path,
    parameters.join("&"),
    ...signed.map((name) => `${name}:${headerOf(request, name)}`),
    "",
    signed.join(";"),
    headerOf(request, "x-amz-content-sha256"),
  ].join("\n");
}

function headerOf({ headers }: SignedRequest, name: string): string {
  return String(headers[name] ?? "")
    .trim()
    .replaceAll(/ +/g, " ");
}
