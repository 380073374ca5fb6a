export { PATIENCE_MS, until } from "./until.ts";
