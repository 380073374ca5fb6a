export { until } from "./until.ts";
export { PATIENCE_MS } from "./waiting.ts";
