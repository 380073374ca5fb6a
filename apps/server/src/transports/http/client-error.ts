import { STATUS_CODES, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

/** A refusal of what is no proper HTTP request. */
export interface BadRequest {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const BAD_REQUEST: BadRequest = {
  status: 400,
  code: "bad_request",
  message: "That is no HTTP request, or its body is not as its headers say.",
};

/** HTTP/1.1 asks for the header. */
export const NO_HOST: BadRequest = {
  status: 400,
  code: "bad_request",
  message: "The request has no Host header. Send one.",
};

export const BAD_EXPECTATION: BadRequest = {
  status: 417,
  code: "bad_expectation",
  message: "Expect may say 100-continue only.",
};

/** What Node finds wrong with a request, by its own codes. */
const byCode: Readonly<Record<string, BadRequest>> = {
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: "request_timeout",
    message: "The request took too long to come. Send it again, in one go.",
  },
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: "headers_too_large",
    message: "The headers are larger than 16 KiB. Send fewer of them.",
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: 413,
    code: "body_too_large",
    message: "The chunks of the body have extensions that are too large. Send none.",
  },
};

/**
 * Answers a malformed request, and hangs up. Nothing is written into an answer that is under way.
 * @param answers the last response on each socket
 */
export function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  answers: WeakMap<Duplex, ServerResponse>,
): void {
  const answer = answers.get(socket);
  const isUnderWay = answer !== undefined && answer.headersSent && !answer.writableFinished;
  if (!socket.writable || isUnderWay) {
    socket.destroy();
    return;
  }
  const bad = byCode[error.code ?? ""] ?? BAD_REQUEST;
  const { status } = bad;
  const body = bodyOf(bad);
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}

/** The body of a refusal, as JSON. */
export function bodyOf({ status, code, message }: BadRequest): string {
  return `${JSON.stringify({ error: { code, message, temporary: status === 408 } })}\n`;
}
