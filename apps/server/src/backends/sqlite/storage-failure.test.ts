import { openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, it } from "vitest";
import { isStorageFailure } from "./storage-failure.ts";

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

it("is what the system or SQLite says of a disk or a file", () => {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE t (a); PRAGMA query_only = 1");
  const readOnly = thrownBy(() => db.exec("INSERT INTO t VALUES (1)"));
  db.close();
  const noFile = thrownBy(() => openSync("/nowhere/parley", "r"));
  const ioerr = Object.assign(new Error("disk I/O error"), { errcode: 778 });
  expect([readOnly, noFile, ioerr].map(isStorageFailure)).toEqual([true, true, true]);
});

it("is no statement that is wrong, and no error of the code", () => {
  const db = new DatabaseSync(":memory:");
  db.exec("CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)");
  const bugs = [
    thrownBy(() => db.exec("SELECT * FROM nothing")),
    thrownBy(() => db.exec("INSERT INTO t VALUES (1)")),
    new TypeError("undefined is not a function"),
    "a string",
  ];
  db.close();
  expect(bugs.map(isStorageFailure)).toEqual([false, false, false, false]);
});
