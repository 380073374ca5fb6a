import { expect, it } from "vitest";
import { NO_LIMITS } from "../limits/rates.ts";
import { createApi } from "./api.ts";
import type { ApiDeps } from "./deps.ts";
import { openApi } from "./openapi.ts";

it("describes every route, and no other", () => {
  // No request is answered here.
  const deps = { rates: NO_LIMITS, now: () => 0 } as unknown as ApiDeps;
  const answered = createApi(deps)
    .routes.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`)
    .filter((route) => !route.startsWith("GET /api/page.") && route !== "GET /api");
  const { paths } = openApi() as { paths: Record<string, object> };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.toSorted()).toEqual(answered.toSorted());
});
