import { AppError } from "@parley/shared/errors";
import type { MathJsInstance, MathNode } from "mathjs";

/** Functions that take numbers and give one, at once whatever the numbers. */
const functions: ReadonlySet<string> = new Set([
  ...["abs", "sign", "sqrt", "cbrt", "nthRoot", "square", "cube", "pow", "exp", "hypot"],
  ...["log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"],
  ...["sinh", "cosh", "tanh", "round", "floor", "ceil", "fix", "mod", "gcd", "lcm", "factorial"],
  ...["min", "max", "sum", "prod", "mean", "median", "std", "variance"],
]);

const constants: ReadonlySet<string> = new Set(["pi", "PI", "e", "E", "tau", "phi", "i"]);

/** Names of units that are functions, too, and what people write for others. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["sec", "second"],
  ["secs", "second"],
  ["min", "minute"],
  ["hr", "hour"],
  ["hrs", "hour"],
  ["lbs", "lb"],
  ["celsius", "degC"],
  ["fahrenheit", "degF"],
]);

/** Kinds of nodes: no assignments, functions of one's own, lists, ranges, texts and properties. */
const kinds: ReadonlySet<string> = new Set([
  ...["ConstantNode", "OperatorNode", "ParenthesisNode", "SymbolNode", "FunctionNode"],
]);

/**
 * Parses an expression of numbers and units that cannot do anything but compute, in a time that its
 * length bounds.
 *
 * @throws AppError `invalid-request` that names what is not allowed or not known
 */
export function checkedExpression(math: MathJsInstance, text: string): MathNode {
  let parsed: MathNode;
  try {
    parsed = math.parse(text);
  } catch (error) {
    throw refusal(`It cannot be read: ${error instanceof Error ? error.message : "no expression"}`);
  }
  return parsed.transform((node, path, parent) => {
    if (!kinds.has(node.type)) throw refusal(`${node.type} is not allowed.`);
    if (isConstant(node) && typeof node.value !== "number") throw refusal("Only numbers.");
    if (isCall(node) && !(isSymbol(node.fn) && functions.has(functionName(node.fn.name)))) {
      throw refusal("No such function.");
    }
    if (!isSymbol(node)) return node;
    if (isCall(parent) && path === "fn") {
      return new math.SymbolNode(functionName(node.name));
    }
    const name = aliases.get(node.name) ?? node.name;
    if (!constants.has(name) && !math.Unit.isValuelessUnit(name)) {
      throw refusal(`${name.slice(0, 40)} is no unit and no constant.`);
    }
    return new math.SymbolNode(name);
  });
}

function functionName(name: string): string {
  return name === "ln" ? "log" : name;
}

type Named = MathNode & { name: string };

function isSymbol(node: MathNode): node is Named {
  return node.type === "SymbolNode";
}

/** @param node null for the parent of the whole expression */
function isCall(node: MathNode | null): node is MathNode & { fn: MathNode } {
  return node?.type === "FunctionNode";
}

function isConstant(node: MathNode): node is MathNode & { value: unknown } {
  return node.type === "ConstantNode";
}

function refusal(message: string): AppError {
  return new AppError("invalid-request", message);
}
