import { expect, it } from "vitest";
import { asOnePath, withIconFiles } from "./plain-icons.ts";

const anIcon = (nodes: unknown, kind = "outline") =>
  [
    "import createReactComponent from '../createReactComponent.mjs';",
    "",
    `const __iconNode = ${JSON.stringify(nodes)};`,
    `const IconUp = createReactComponent("${kind}", "arrow-up", "ArrowUp", __iconNode);`,
    "",
    "export { __iconNode, IconUp as default };",
  ].join("\n");

it("joins the paths of an icon", () => {
  const nodes = [
    ["path", { d: "M5 12l5 5", key: "svg-0" }],
    ["path", { d: "M3 6v2", key: "svg-1" }],
  ];
  expect(asOnePath(anIcon(nodes), "/up.mjs")).toContain('icon("arrow-up", "M5 12l5 5M3 6v2")');
});

it.each([
  ["circles", anIcon([["circle", { cx: 1 }]])],
  ["a path from where the last one ended", anIcon([["path", { d: "m1 2h3" }]])],
  ["a filled icon", anIcon([["path", { d: "M1 2h3" }]], "filled")],
  ["anything else", "export default 1;"],
])("does not take %s", (_, code) => {
  expect(() => asOnePath(code, "/up.mjs")).toThrow("/up.mjs");
});

it("imports each icon from its own file", () => {
  const code =
    'import {\n  IconX,\n  type Icon,\n} from "@tabler/icons-react";\nimport { a } from "a";';
  expect(withIconFiles(code)).toBe(
    'import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";\nimport { a } from "a";',
  );
});
