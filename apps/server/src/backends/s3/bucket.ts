/** A bucket of a server that speaks S3. */
export interface Bucket {
  /** Such as `https://s3.example:9000/photos`. */
  readonly endpoint: string;
  /** What the keys of all files begin with: empty, or it ends in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

/** A secret may have slashes, and may be escaped as in any URL. */
const BUCKET_URL =
  /^s3:\/\/(?<key>[^:@/]+):(?<secret>[^@?]+)@(?<host>[^@/?#]+)\/(?<bucket>[a-z\d][a-z\d.-]{1,61}[a-z\d])(?:\/(?<prefix>[\w./-]*))?(?:\?(?<query>[^#]*))?$/;

/**
 * Reads `s3://key:secret@host[:port]/bucket[/prefix]?region=…&tls=off`.
 * @returns undefined if this is none
 */
export function parseBucketUrl(text: string): Bucket | undefined {
  const {
    key,
    secret,
    host,
    bucket,
    prefix = "",
    query = "",
  } = BUCKET_URL.exec(text)?.groups ?? {};
  const options = new URLSearchParams(query);
  const tls = options.get("tls") ?? "on";
  const unknown = [...options.keys()].some((name) => name !== "region" && name !== "tls");
  if (!key || !secret || !host || !bucket || unknown || !/^(?:on|off)$/.test(tls)) return undefined;
  const endpoint = `${tls === "off" ? "http" : "https"}://${host}/${bucket}`;
  const region = options.get("region") ?? "auto";
  if (!URL.canParse(endpoint) || !/^[\w-]+$/.test(region)) return undefined;
  const path = prefix.split("/").filter((part) => part !== "");
  if (path.some((part) => part === "." || part === "..")) return undefined;
  try {
    return {
      endpoint,
      prefix: path.map((part) => `${part}/`).join(""),
      region,
      key: decodeURIComponent(key),
      secret: decodeURIComponent(secret),
    };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
