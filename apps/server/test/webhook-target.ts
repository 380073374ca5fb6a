import type { HttpTarget } from "@parley/testkit/http-target";
import { Webhook as Verifier } from "standardwebhooks";
import type { Answer, Door } from "../src/outbound/door.ts";

type Post = Parameters<Door["post"]>[1];

/** What a webhook is told, as its target reads it. */
interface ToldBody {
  readonly type: "room.entries" | "room.reset" | "webhook.test";
  readonly data: {
    readonly webhook: { readonly id: string; readonly name: string };
    readonly epoch?: string;
    readonly why?: "trimmed" | "another_log";
    readonly missed?: { readonly from: number; readonly to: number };
    readonly entries?: readonly { readonly payload: { seq: number; message?: string } }[];
  };
}

/** A request to a target: its id, and the body, whose signature was verified. */
export interface WebhookRequest {
  readonly id: string;
  readonly body: ToldBody;
}

/** Checks a signature as Standard Webhooks do. @throws if it does not hold */
function verify(secret: string, headers: Post["headers"], body: string): WebhookRequest {
  const verified = new Verifier(secret).verify(body, { ...headers });
  return { id: headers["webhook-id"] ?? "", body: verified as ToldBody };
}

/** A target behind a door without a network: answers 200 unless it is told otherwise. */
export class FakeTarget implements Pick<Door, "post" | "admits"> {
  readonly #secret: string;
  /** All requests, also those that were refused. */
  readonly told: WebhookRequest[] = [];
  /** The lengths of the bodies, in bytes. */
  readonly sizes: number[] = [];
  underWay = 0;
  mostAtOnce = 0;
  answer: () => Promise<Answer> | Answer = () => ({ is: "answered", status: 200 });

  constructor(secret: string) {
    this.#secret = secret;
  }

  /** The `seq` of all entries in the order in which they came. */
  get seqs(): number[] {
    return this.told.flatMap(({ body }) => (body.data.entries ?? []).map(seqOf));
  }

  admits(): boolean {
    return true;
  }

  async post(_address: string, { headers, body }: Post): Promise<Answer> {
    this.told.push(verify(this.#secret, headers, body));
    this.sizes.push(Buffer.byteLength(body));
    this.underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
    try {
      return await this.answer();
    } finally {
      this.underWay -= 1;
    }
  }
}

const seqOf = (entry: { readonly payload: { readonly seq: number } }) => entry.payload.seq;

/** The requests that a target got, as far as the signature of a secret holds. */
export function requestsTo({ asked }: HttpTarget, secret: string): WebhookRequest[] {
  return asked.map(({ headers, body }) => verify(secret, headers, body));
}

/** The texts of all messages that a target got, in the order in which they came. */
export function textsTo(target: HttpTarget, secret: string): string[] {
  return requestsTo(target, secret)
    .flatMap(({ body }) => body.data.entries ?? [])
    .map(({ payload }) => payload.message ?? "");
}
