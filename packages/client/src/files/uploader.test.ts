import { FILE_PART_BYTES, type FileInfo, type Refusal } from "@parley/protocol";
import { until } from "@parley/testkit";
import { forceCloseDatabase } from "fake-indexeddb";
import { describe, expect, it, vi } from "vitest";
import { fakeClock, settled } from "../testing/fake-clock.ts";
import { provideIndexedDb } from "../testing/fake-indexeddb.ts";
import { browserPendingFiles } from "./pending-files.ts";
import { ConnectionLost, type PutAnswer, type PutBytesOptions } from "./put-bytes.ts";
import { createUploader, type UploadProgress } from "./uploader.ts";

provideIndexedDb();

const UNREADABLE = "This browser cannot read the file now.";
let databases = 0;

interface Asked {
  readonly path: string;
  readonly bytes: number;
}

/** An uploader over a server that the test plays. */
async function uploading(size: number, answer: (asked: Asked) => PutAnswer) {
  const clock = fakeClock();
  const files = browserPendingFiles(`files-${(databases += 1)}`, () => clock.now());
  const info: FileInfo = { id: "f".repeat(22), name: "f.bin", type: "a/b", size };
  await files.put({ id: info.id, bytes: new Blob([new Uint8Array(size)]) });
  const asked: string[] = [];
  const progress: UploadProgress[] = [];
  let goOnline: () => void = () => undefined;
  const uploader = createUploader({
    address: "/api/rooms/lobby/files",
    query: "",
    token: () => "token",
    files,
    onProgress: (_id, now) => progress.push(now),
    async put(url: string, body: Blob | string, { headers, signal, onSent }: PutBytesOptions) {
      const path = url.replace(`/api/rooms/lobby/files/${info.id}`, "");
      asked.push(path);
      await settled();
      if (signal.aborted) throw new ConnectionLost();
      expect(headers["Authorization"]).toBe("Bearer token");
      const bytes = typeof body === "string" ? body.length : body.size;
      onSent?.(bytes);
      return answer({ path, bytes });
    },
    clock,
    random: () => 0.5,
    onOnline: (online) => {
      goOnline = online;
      return () => undefined;
    },
  });
  const outcome: { value?: "done" | Refusal } = {};
  const start = () =>
    uploader.upload([info], (refusal) => {
      outcome.value = refusal ?? "done";
    });
  return {
    uploader,
    files,
    info,
    start,
    asked,
    progress,
    outcome,
    clock,
    online: () => goOnline(),
  };
}

/** A server that stores parts; `fails` says how often each is lost first. */
function storing(parts: number, fails: (path: string, time: number) => boolean = () => false) {
  const stored = new Set<number>();
  const times = new Map<string, number>();
  const answer = ({ path }: Asked): PutAnswer => {
    const time = (times.get(path) ?? 0) + 1;
    times.set(path, time);
    if (fails(path, time)) throw new ConnectionLost();
    if (path !== "") {
      stored.add(Number(path.slice(1)));
      return { status: 204, body: undefined };
    }
    const missing = Array.from({ length: parts }, (_, part) => part).filter(
      (part) => !stored.has(part),
    );
    return { status: 200, body: { part: FILE_PART_BYTES, missing } };
  };
  return { stored, answer };
}

describe("an uploader", () => {
  it("asks which parts are missing, and sends each once", async () => {
    const server = storing(4);
    const visit = await uploading(3 * FILE_PART_BYTES + 5, server.answer);
    visit.start();
    await until(() => expect(visit.outcome.value).toBe("done"));
    expect(visit.asked.toSorted()).toEqual(["", "/0", "/1", "/2", "/3"]);
    expect(visit.progress.at(-1)).toEqual({ sent: 3 * FILE_PART_BYTES + 5, is: "done" });
  });

  it("[B1] sends no answered part again after a lost connection", async () => {
    const server = storing(6, (path, time) => time === 1 && ["/1", "/4"].includes(path));
    const visit = await uploading(6 * FILE_PART_BYTES, server.answer);
    visit.start();
    await until(() => expect(visit.progress.at(-1)?.is).toBe("waiting"));
    visit.clock.advance(30_000);
    await until(() => expect(visit.outcome.value).toBe("done"));
    const counts = Map.groupBy(visit.asked, (path) => path);
    expect([...counts].map(([path, times]) => `${path} ${times.length}`).toSorted()).toEqual([
      " 2",
      "/0 1",
      "/1 2",
      "/2 1",
      "/3 1",
      "/4 2",
      "/5 1",
    ]);
  });

  it("does not try every part without a network, and goes on once it is back", async () => {
    let isAway = true;
    const server = storing(40, () => isAway);
    const visit = await uploading(40 * FILE_PART_BYTES, server.answer);
    visit.start();
    await until(() => expect(visit.progress.at(-1)?.is).toBe("waiting"));
    expect(visit.asked.length).toBeLessThan(8);
    isAway = false;
    visit.online();
    await until(() => expect(visit.outcome.value).toBe("done"));
  });

  it("waits as long as the server asks, and says why", async () => {
    const error = { code: "no_space", message: "Full.", temporary: true, retryAfter: 60_000 };
    let isFull = true;
    const server = storing(1);
    const visit = await uploading(9, (asked) =>
      isFull ? { status: 507, body: { error } } : server.answer(asked),
    );
    visit.start();
    await until(() => expect(visit.progress.at(-1)).toMatchObject({ is: "waiting", why: "Full." }));
    isFull = false;
    visit.clock.advance(59_000);
    await settled();
    expect(visit.asked).toEqual([""]);
    visit.clock.advance(30_000);
    await until(() => expect(visit.outcome.value).toBe("done"));
  });

  it("reports a refusal for good", async () => {
    const error = { code: "file_too_large", message: "Too large.", temporary: false };
    const visit = await uploading(9, () => ({ status: 413, body: { error } }));
    visit.start();
    await until(() => expect(visit.outcome.value).toEqual(error));
  });

  it("takes a proxy's page for a lost connection", async () => {
    let isWrong = true;
    const server = storing(1);
    const visit = await uploading(9, (asked) =>
      isWrong ? { status: 200, body: undefined } : server.answer(asked),
    );
    visit.start();
    await until(() => expect(visit.progress.at(-1)?.is).toBe("waiting"));
    isWrong = false;
    visit.clock.advance(30_000);
    await until(() => expect(visit.outcome.value).toBe("done"));
  });

  it("fails for good if this device has the bytes no more", async () => {
    const visit = await uploading(9, storing(1).answer);
    await visit.files.remove([visit.info.id]);
    visit.start();
    await until(() => expect(visit.outcome.value).toMatchObject({ code: "unknown_file" }));
  });

  it("[B3] keeps and finds files after the browser closed their database", async () => {
    const open = vi.spyOn(indexedDB, "open");
    const visit = await uploading(9, storing(1).answer);
    const opened = open.mock.results[0]?.value as IDBOpenDBRequest;
    open.mockRestore();
    // Its type asks for the class of databases, by mistake.
    forceCloseDatabase(opened.result as unknown as Parameters<typeof forceCloseDatabase>[0]);
    visit.start();
    await until(() => expect(visit.outcome.value).toBe("done"));
    const another = { id: "g".repeat(22), bytes: new Blob(["x"]) };
    expect(await visit.files.put(another)).toBe(true);
  });

  it("waits, and says why, while the browser does not give it the bytes", async () => {
    const visit = await uploading(9, storing(1).answer);
    const denied = vi.spyOn(IDBObjectStore.prototype, "get").mockImplementation(() => {
      throw new DOMException("Not now.", "UnknownError");
    });
    visit.start();
    await until(() =>
      expect(visit.progress.at(-1)).toMatchObject({ is: "waiting", why: UNREADABLE }),
    );
    denied.mockRestore();
    visit.clock.advance(30_000);
    await until(() => expect(visit.outcome.value).toBe("done"));
  });

  it("pauses, resumes, and stops", async () => {
    const server = storing(3);
    const visit = await uploading(3 * FILE_PART_BYTES, server.answer);
    visit.uploader.pause([visit.info.id]);
    const stop = visit.start();
    await until(() => expect(visit.progress.at(-1)?.is).toBe("paused"));
    expect(visit.asked).toEqual([]);
    visit.uploader.resume([visit.info.id]);
    await until(() => expect(visit.outcome.value).toBe("done"));
    stop();
  });
});
