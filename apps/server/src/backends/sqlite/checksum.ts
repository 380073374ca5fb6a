import type { DatabaseSync } from "node:sqlite";
import { crc32 } from "node:zlib";

/** What SQL calls the checksum. */
const CHECKSUM_FUNCTION = "parley_checksum";

/** A CRC-32 over the values of a row, in order: tells a row that its disk has altered. */
export function checksumOf(...values: readonly (string | number)[]): number {
  return crc32(values.join("\n"));
}

/** Lets SQL compute checksums on this connection, as `parley_checksum(…)`. */
export function addChecksumFunction(db: DatabaseSync): void {
  db.function(CHECKSUM_FUNCTION, { deterministic: true, varargs: true }, (...values) =>
    checksumOf(...(values as (string | number)[])),
  );
}
