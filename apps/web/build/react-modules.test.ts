import { expect, it } from "vitest";
import { asModule } from "./react-modules.ts";

it("turns exports and required modules into those of ES modules", () => {
  const code = [
    '"use strict";',
    'var Scheduler = require("scheduler"),',
    '  React = require("react");',
    "exports.now = void 0;",
    "if (React.x) exports.now = function () {};",
    "exports.flush = function () {",
    "  return exports.now() + Scheduler.y;",
    "};",
  ];
  expect(asModule(code.join("\n"), "/react.js").split("\n")).toEqual([
    'import * as self from "/react.js";',
    'import * as Scheduler from "scheduler";',
    'import * as React from "react";',
    '"use strict";',
    "",
    "let $now = void 0;",
    "if (React.x) $now = function () {};",
    "const $flush = function () {",
    "  return $now() + Scheduler.y;",
    "};",
    "export { $now as now, $flush as flush, self as default };",
    "",
  ]);
});

it.each([
  "module.exports = 1;",
  "exports.x = 1;\nmodule.exports.y = 2;",
  'exports.x = 1;\nfunction later() { return require("react"); }',
  "if (true) { exports.x = 1; }",
  "exports.x = 1;\nObject.assign(exports, {});",
])("does not turn what is not that simple: %s", (code) => {
  expect(() => asModule(code, "/react.js")).toThrow("/react.js");
});
