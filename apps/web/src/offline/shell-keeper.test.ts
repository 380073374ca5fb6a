import { describe, expect, it } from "vitest";
import { fakeCaches } from "./fake-caches.ts";
import { createShellKeeper, type ShellKeeper } from "./shell-keeper.ts";

const ORIGIN = "https://chat.example";
type Network = (path: string) => Promise<Response>;

const page = (version: string) => `<meta name="version" content="${version}" />`;
const filesOf = (version: string) => ["/", "/favicon.svg", `/assets/app-${version}.js`];

/** A browser, the server's files, and the state of the network. */
function browser() {
  const served = new Map<string, string>();
  let network: Network = (path) =>
    Promise.resolve(new Response(served.get(path.startsWith("/r/") ? "/" : path)));
  const patience = Promise.withResolvers<void>();
  const surroundings = {
    caches: fakeCaches(served),
    fetch: (request: Request | string) =>
      network(new URL(typeof request === "string" ? request : request.url).pathname),
    origin: ORIGIN,
    wait: () => patience.promise,
  };
  return {
    deploy: (version: string) => {
      served.clear();
      for (const path of filesOf(version)) served.set(path, `${path} of ${version}`);
      served.set("/", page(version));
    },
    served,
    keeper: (version: string) =>
      createShellKeeper({ version, files: filesOf(version) }, surroundings),
    networkIs: (next: Network) => {
      network = next;
    },
    goesOffline: () => {
      network = () => Promise.reject(new TypeError("offline"));
    },
    losesPatience: () => patience.resolve(),
    cacheNames: () => surroundings.caches.keys(),
  };
}

const request = (path: string, mode: RequestMode = "same-origin", others = {}) =>
  ({ url: ORIGIN + path, method: "GET", mode, ...others }) as Request;
const textAt = async (keeper: ShellKeeper, path: string, mode?: RequestMode) =>
  (await keeper.answer(request(path, mode)))?.text();

describe("without a network", () => {
  it.each(["/", "/r/lake-trip", "/r/lake-trip?x#12"])("the page is served at %s", async (path) => {
    const { deploy, keeper, goesOffline } = browser();
    deploy("v1");
    const kept = keeper("v1");
    await kept.install();
    goesOffline();
    expect(await textAt(kept, path, "navigate")).toBe(page("v1"));
    expect(await textAt(kept, "/favicon.svg")).toBe("/favicon.svg of v1");
    expect(await textAt(kept, "/assets/app-v1.js")).toBe("/assets/app-v1.js of v1");
  });

  it("counts as offline if a proxy answers for a server that is away", async () => {
    const { deploy, keeper, networkIs } = browser();
    deploy("v1");
    const kept = keeper("v1");
    await kept.install();
    networkIs(() => Promise.resolve(new Response("Bad gateway", { status: 502 })));
    expect(await textAt(kept, "/", "navigate")).toBe(page("v1"));
  });

  it("counts as offline if the network takes too long", async () => {
    const { deploy, keeper, networkIs, losesPatience } = browser();
    deploy("v1");
    const kept = keeper("v1");
    await kept.install();
    networkIs(() => Promise.withResolvers<Response>().promise);
    const text = textAt(kept, "/", "navigate");
    losesPatience();
    expect(await text).toBe(page("v1"));
  });
});

describe("an update", () => {
  it("is what a reload gets, even before the worker has it", async () => {
    const { deploy, keeper } = browser();
    deploy("v1");
    const kept = keeper("v1");
    await kept.install();
    deploy("v2");
    expect(await textAt(kept, "/r/lake-trip", "navigate")).toBe(page("v2"));
    expect(await textAt(kept, "/assets/app-v2.js")).toBe("/assets/app-v2.js of v2");
  });

  it("leaves the files of the earlier version to the pages that still run it", async () => {
    const { deploy, keeper, goesOffline, cacheNames } = browser();
    for (const version of ["v1", "v2", "v3"]) {
      deploy(version);
      const kept = keeper(version);
      await kept.install();
      await kept.tidy();
    }
    expect(await cacheNames()).toEqual(["parley-shell-v2", "parley-shell-v3"]);
    goesOffline();
    expect(await textAt(keeper("v3"), "/assets/app-v2.js")).toBe("/assets/app-v2.js of v2");
    expect(await textAt(keeper("v3"), "/", "navigate")).toBe(page("v3"));
  });

  it("is stored completely or not at all", async () => {
    const { deploy, served, keeper, cacheNames } = browser();
    deploy("v2");
    served.delete("/assets/app-v2.js");
    await expect(keeper("v2").install()).rejects.toThrow("404");
    expect(await cacheNames()).toEqual([]);
  });

  it("is not mixed with a page of another version while servers are updated one by one", async () => {
    const { deploy, served, keeper, cacheNames } = browser();
    deploy("v2");
    served.set("/", page("v1"));
    await expect(keeper("v2").install()).rejects.toThrow("another version");
    expect(await cacheNames()).toEqual([]);
  });
});

it("leaves all other requests to the network", () => {
  const { keeper } = browser();
  const { answer } = keeper("v1");
  expect(answer(request("/about.json"))).toBeUndefined();
  expect(answer(request("/sw.js"))).toBeUndefined();
  expect(answer(request("/metrics", "navigate"))).toBeUndefined();
  expect(answer(request("/", "cors", { url: "https://other.example/" }))).toBeUndefined();
  expect(answer(request("/favicon.svg", "cors", { method: "POST" }))).toBeUndefined();
});
