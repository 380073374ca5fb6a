import type { RefusalCode } from "@parley/protocol";
import type { HttpErrorCode } from "./api/errors.ts";
import type { StoredSize } from "./log/host-reports.ts";
import { storageTroubles, type StorageTrouble } from "./log/storage-health.ts";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";
import { cutOffs, type CutOff } from "./delivery/connection.ts";

/** Those who ask more often are told of the process what was read last, in ms. */
const PROCESS_READ_EVERY_MS = 1_000;

/** What is read when /metrics is asked for. */
export interface MetricSources {
  readonly rooms: () => number;
  readonly members: () => number;
  readonly size: () => StoredSize | undefined;
  readonly trouble: () => StorageTrouble | undefined;
  /** What waits to be read by clients, in bytes. */
  readonly unread: () => number;
  /** Bytes of all files, as far as this server knows. */
  readonly fileBytes: () => number;
  readonly damagedEntries: () => number;
}

/** What an operator can watch. Names follow the Prometheus conventions. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #frames: Counter<"type">;
  readonly #delivered: Counter;
  readonly #refusals: Counter<"code">;
  readonly #cutOff: Counter<"why">;
  readonly #append: Histogram;
  readonly #connections: Gauge;

  /** Of the process, such as its open files: to read them takes as long as there are connections. */
  readonly #process = new Registry();
  readonly #clock: () => number;
  #processReadAt = -Infinity;
  #processText = Promise.resolve("");

  /** @param clock steady, in ms */
  constructor(sources: MetricSources, clock = () => performance.now()) {
    this.#clock = clock;
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#process });
    this.#connections = new Gauge({
      name: "parley_connections",
      help: "Open WebSocket connections and HTTP streams, and polls that wait.",
      registers,
    });
    gauge(registers, "parley_rooms", "Rooms that somebody is in.", sources.rooms);
    gauge(registers, "parley_members", "People in rooms.", sources.members);
    gauge(
      registers,
      "parley_damaged_entries",
      "Log entries that were found damaged on the disk since the start.",
      sources.damagedEntries,
    );
    const { size } = sources;
    gauge(registers, "parley_stored_bytes", "Bytes that are stored.", () => size()?.bytes ?? NaN);
    gauge(registers, "parley_stored_bytes_max", "Bytes that may be stored.", () => {
      return size()?.maxBytes ?? NaN;
    });
    troubleGauge(registers, sources.trouble);
    gauge(registers, "parley_unread_bytes", "Bytes that wait for clients.", sources.unread);
    gauge(registers, "parley_file_bytes", "Bytes of all files.", sources.fileBytes);
    this.#frames = new Counter({
      name: "parley_frames_in_total",
      help: "Frames taken from clients, by type.",
      labelNames: ["type"],
      registers,
    });
    this.#delivered = new Counter({
      name: "parley_messages_out_total",
      help: "Log entries written to sockets, one for each socket.",
      registers,
    });
    this.#refusals = new Counter({
      name: "parley_refusals_total",
      help: "Frames, requests and connections refused, by code.",
      labelNames: ["code"],
      registers,
    });
    this.#cutOff = new Counter({
      name: "parley_cut_off_total",
      help: "Connections cut off because they did not read, by the limit that they met.",
      labelNames: ["why"],
      registers,
    });
    for (const why of cutOffs) this.#cutOff.inc({ why }, 0);
    this.#append = new Histogram({
      name: "parley_append_seconds",
      help: "How long it took until an entry was durable.",
      buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2],
      registers,
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The text that /metrics answers with. */
  async text(): Promise<string> {
    const now = this.#clock();
    if (now - this.#processReadAt >= PROCESS_READ_EVERY_MS) {
      this.#processReadAt = now;
      this.#processText = this.#process.metrics();
    }
    return (await this.#registry.metrics()) + (await this.#processText);
  }

  connected(): void {
    this.#connections.inc();
  }

  disconnected(): void {
    this.#connections.dec();
  }

  frame(type: string): void {
    this.#frames.inc({ type });
  }

  delivered(entries: number): void {
    this.#delivered.inc(entries);
  }

  refused(
    code:
      | RefusalCode
      | HttpErrorCode
      | "origin"
      | "too_many_connections"
      | "too_many_requests"
      | "closing",
  ): void {
    this.#refusals.inc({ code });
  }

  cutOff(why: CutOff): void {
    this.#cutOff.inc({ why });
  }

  /** @param seconds how long an append took */
  appended(seconds: number): void {
    this.#append.observe(seconds);
  }
}

function gauge(registers: Registry[], name: string, help: string, read: () => number): void {
  const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) });
}

/** 1 for what keeps messages from being stored now, 0 for what does not. */
function troubleGauge(registers: Registry[], read: MetricSources["trouble"]): void {
  const made: Gauge<"trouble"> = new Gauge({
    name: "parley_storage_trouble",
    help: "Whether this keeps messages from being stored now, by trouble.",
    labelNames: ["trouble"],
    registers,
    collect() {
      const now = read();
      for (const trouble of storageTroubles) made.set({ trouble }, trouble === now ? 1 : 0);
    },
  });
}
