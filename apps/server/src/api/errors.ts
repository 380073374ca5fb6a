import { refusal, type Refusal, type RefusalCode } from "@parley/protocol";

/** The refusals that only HTTP knows, with their status. Their codes are as stable as those of frames. */
const httpErrors = {
  bad_parameter: { status: 400, message: "A parameter is wrong." },
  id_without_token: {
    status: 422,
    message:
      "An id needs a token, or nobody knows that it is you who repeats it. Send Authorization: Bearer TOKEN.",
  },
  token_needed: { status: 401, message: "Say who you are. Send Authorization: Bearer TOKEN." },
  unknown_hook: { status: 404, message: "There is no such hook; it may have been revoked." },
  too_many_hooks: { status: 409, message: "A room has at most 20 hooks. Revoke one." },
  too_many_webhooks: { status: 409, message: "A room has at most 5 webhooks. Revoke one." },
  webhooks_off: { status: 403, message: "This server sends nothing to other hosts." },
  file_conflict: {
    status: 409,
    message: "That id is another file's, or that part was stored with other bytes.",
  },
  bad_digest: {
    status: 422,
    message: "The bytes are not those of Content-Digest. Send them again.",
  },
  bad_thumbnail: {
    status: 400,
    message: "A thumbnail is a WebP, JPEG or PNG of at most 32 KiB.",
  },
  origin_not_allowed: { status: 403, message: "Pages of that origin may not use this server." },
  bad_request: { status: 400, message: "The head of that request is malformed." },
  not_found: { status: 404, message: "There is no such route. See /api." },
  method_not_allowed: { status: 405, message: "That method is not for this route." },
  body_cut_off: { status: 400, message: "The body broke off. Send it again." },
  too_many_uploads: {
    status: 429,
    message: "Too many parts of files are coming at once. Send this one again.",
  },
  body_too_large: { status: 413, message: "The body is larger than 16 KiB." },
  unsupported_body: { status: 415, message: "Send plain text or JSON." },
  too_many_streams: { status: 429, message: "Your network has too many streams open." },
  too_many_polls: { status: 429, message: "Your network has too many polls waiting." },
} as const satisfies Record<string, { status: number; message: string }>;

export type HttpErrorCode = keyof typeof httpErrors;

/** The status of each refusal that frames and HTTP share. */
const statusOfRefusal: Readonly<Record<RefusalCode, number>> = {
  bad_json: 400,
  bad_frame: 400,
  binary_frame: 400,
  too_deep: 400,
  unknown_type: 400,
  bad_payload: 400,
  bad_room: 400,
  bad_name: 400,
  bad_token: 401,
  bad_id: 400,
  bad_ref: 400,
  bad_emoji: 400,
  bad_setting: 400,
  setting_too_large: 413,
  too_many_settings: 409,
  unknown_member: 404,
  too_many_conversations: 409,
  bad_file: 400,
  too_many_files: 400,
  file_too_large: 413,
  unknown_file: 404,
  file_taken: 409,
  files_off: 501,
  no_space: 507,
  stale: 409,
  not_unicode: 400,
  message_empty: 400,
  message_too_long: 413,
  not_joined: 403,
  id_conflict: 409,
  unknown_target: 404,
  not_author: 403,
  rate_limited: 429,
  unavailable: 503,
  storage_full: 503,
  restarting: 503,
  internal: 500,
};

/** The codes that are not a frame's refusal, for the description of the API. */
export const httpErrorCodes = Object.keys(httpErrors) as readonly HttpErrorCode[];

/** A request that is refused: thrown by what reads it, answered in one place. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: RefusalCode | HttpErrorCode;
  readonly temporary: boolean;
  /** How long to wait before the next try, in ms. */
  readonly retryAfter: number | undefined;

  private constructor(
    status: number,
    {
      code,
      message,
      temporary,
      retryAfter,
    }: Pick<ApiError, "code" | "message" | "temporary"> & {
      retryAfter?: number | undefined;
    },
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.temporary = temporary;
    this.retryAfter = retryAfter;
  }

  /** A refusal that frames know, too. */
  static of(refusal: Refusal): ApiError {
    return new ApiError(statusOfRefusal[refusal.code], refusal);
  }

  /**
   * A refusal that only HTTP knows.
   * @param detail replaces the standard sentence
   * @param retryAfter in ms; a refusal with it is temporary
   */
  static http(code: HttpErrorCode, detail?: string, retryAfter?: number): ApiError {
    const { status, message } = httpErrors[code];
    return new ApiError(status, {
      code,
      message: detail ?? message,
      temporary: status === 429 || code === "bad_digest",
      retryAfter,
    });
  }

  /** Something failed that should not have. */
  static internal(): ApiError {
    return ApiError.of(refusal("internal"));
  }

  /** What the answer says. */
  get body() {
    const { code, message, temporary, retryAfter } = this;
    return { error: { code, message, temporary, ...(retryAfter ? { retryAfter } : {}) } };
  }

  /** Its headers: `Retry-After` in whole seconds. */
  get headers(): Record<string, string> {
    return this.retryAfter ? { "Retry-After": String(Math.ceil(this.retryAfter / 1_000)) } : {};
  }
}
