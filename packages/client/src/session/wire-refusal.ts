import { isRefusalCode, type DownPayload, type Refusal } from "@parley/protocol";

/**
 * Reads the refusal in an `error` frame. A code of a newer server reads as the nearest general one;
 * its sentence for people and whether it is temporary stay.
 */
export function refusalOf(payload: DownPayload<"error">): Refusal {
  const { code, message, temporary, ref, retryAfter } = payload;
  const general = temporary ? "unavailable" : "bad_payload";
  return {
    code: isRefusalCode(code) ? code : general,
    message,
    temporary,
    ...(ref === undefined ? {} : { ref }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
}
