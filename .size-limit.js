export { sizeLimits as default } from "./scripts/size-limits.ts";
