/**
 * Whether a client takes a content encoding: it names it, with a weight above zero. An encoding
 * that it does not name is not sent, even if it allows `*`.
 * @param header the Accept-Encoding header
 */
export function acceptsEncoding(header: string | undefined, encoding: string): boolean {
  return (header ?? "").split(",").some((part) => {
    const [name = "", ...parameters] = part.split(";");
    if (name.trim().toLowerCase() !== encoding) return false;
    return !parameters.some((parameter) => /^\s*q\s*=\s*0(?:\.0*)?\s*$/i.test(parameter));
  });
}

/**
 * Whether a client has this content already. A weak tag is as good as a strong one here: proxies
 * that compress make tags weak.
 * @param header the If-None-Match header
 * @param etag with its quotation marks
 */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  return (header ?? "").split(",").some((part) => {
    const named = part.trim();
    return named === "*" || named === etag || named === `W/${etag}`;
  });
}
