/** Rules of oxlint for this repository: a caught error is looked at. */

interface Node {
  readonly type: string;
}

interface CatchClause extends Node {
  readonly param: Node | null;
}

interface Call extends Node {
  readonly callee: Node & { readonly computed?: boolean; readonly property?: { name?: string } };
  readonly arguments: readonly (Node & { readonly params?: readonly Node[] })[];
}

interface Context {
  report(found: { readonly node: Node; readonly message: string }): void;
}

const MESSAGE =
  "Look at the error: expect one kind of it, and let any other be seen. If all are alike here, say why in place.";

/** Forbids `catch { … }` and `.catch(() => …)`: both would hide a bug. */
const noBareCatch = {
  create: (context: Context) => ({
    CatchClause(node: CatchClause) {
      if (!node.param) context.report({ node, message: MESSAGE });
    },
    CallExpression(node: Call) {
      const [handler] = node.arguments;
      if (node.callee.property?.name !== "catch" || node.callee.computed) return;
      if (handler?.params?.length === 0) context.report({ node: handler, message: MESSAGE });
    },
  }),
};

export default { meta: { name: "house" }, rules: { "no-bare-catch": noBareCatch } };
