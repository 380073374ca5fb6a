import { CloseCode } from "@parley/protocol";
import { reportBug } from "../report-bug.ts";
import { unlessLost } from "./server-answers.ts";

/** The most frames in one request, and the most bytes of all of them (SPEC, "Limits"). */
const FRAMES_MAX = 64;
const BYTES_MAX = 16 * 1024;

/** The close code of a connection that ended without one. */
export const ABNORMAL = 1006;

export interface FramePosterDeps {
  /** Sends a request with this body. */
  post(body: string): Promise<Response>;
  /** The server answered with this frame. */
  answered(frame: unknown): void;
  /** A request failed: it is unknown whether its frames arrived. */
  failed(code: number): void;
}

/** Sends frames in requests, one at a time, so that none can overtake another (SPEC D6). */
export class FramePoster {
  readonly #deps: FramePosterDeps;
  readonly #waiting: string[] = [];
  #isPosting = false;

  constructor(deps: FramePosterDeps) {
    this.#deps = deps;
  }

  add(text: string): void {
    this.#waiting.push(text);
    if (!this.#isPosting) void this.#postAll();
  }

  async #postAll(): Promise<void> {
    this.#isPosting = true;
    // Frames that are sent in the same task go together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const frames = await this.#post(`{"frames":[${this.#take().join(",")}]}`);
      if (typeof frames === "number") {
        this.#deps.failed(frames);
        break;
      }
      for (const frame of frames) this.#tell(frame);
    }
    this.#isPosting = false;
  }

  /** @returns the frames of the answer, or the code that the request failed with */
  async #post(body: string): Promise<readonly unknown[] | number> {
    const response = await unlessLost(this.#deps.post(body));
    if (response?.status === 413) return CloseCode.tooLarge;
    if (!response?.ok) return ABNORMAL;
    const answer = (await unlessLost(response.json())) as { readonly frames?: unknown } | undefined;
    return Array.isArray(answer?.frames) ? answer.frames : ABNORMAL;
  }

  #tell(frame: unknown): void {
    try {
      this.#deps.answered(frame);
    } catch (error) {
      reportBug(error);
    }
  }

  /** The next frames for one request: at least one. */
  #take(): readonly string[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((text, index) => {
      bytes += new TextEncoder().encode(text).length + 1;
      return index > 0 && (index === FRAMES_MAX || bytes > BYTES_MAX);
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : end);
  }
}
