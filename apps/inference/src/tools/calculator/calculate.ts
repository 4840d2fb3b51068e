import { AppError } from "@parley/shared/errors";
import type { MathJsInstance } from "mathjs";
import { z } from "zod";
import type { Tool } from "../../contracts/tool";
import { defineTool } from "../define-tool";
import { checkedExpression } from "./checked-expression";

/** Longest expression, in characters: with it the time of a calculation is bounded. */
const maxExpression = 300;
/** Of which the first call may need much to load, on a slow machine; ms. */
const timeoutMs = 10_000;
/** More digits than this are noise of binary fractions. */
const precision = 12;

/** Arithmetic with units. */
export function calculate(): Tool {
  return defineTool({
    name: "calculate",
    title: "Calculator",
    description:
      "Computes an expression of numbers and units exactly, and converts units: 3.5 * 12, sqrt(2), 12 inch to cm, 20 degC to degF, 15% of 80, 100 km / 90 minutes to km/h. It knows no currencies.",
    effect: "reads",
    timeoutMs,
    parameters: z.object({ expression: z.string().trim().min(1).max(maxExpression) }),
    run: async ({ expression }) => {
      const math = await calculator();
      const checked = checkedExpression(math, plainExpression(expression));
      let value: unknown;
      try {
        value = checked.evaluate();
      } catch (error) {
        const reason = error instanceof Error ? error.message : "no reason given";
        throw new AppError("invalid-request", `It cannot be computed: ${reason}`);
      }
      return math.format(value, { precision });
    },
  });
}

let loading: Promise<MathJsInstance> | undefined;

function calculator(): Promise<MathJsInstance> {
  return (loading ??= load());
}

/** Loads mathjs and its units ahead of the first question: it takes up to a second. */
export function warmUpCalculator(): void {
  // A failure is told by the call that needs it.
  calculator().catch(() => undefined);
}

async function load(): Promise<MathJsInstance> {
  const { default: mathjs } = await import("mathjs/lib/browser/math.js");
  const math = mathjs.create(mathjs.all ?? {}, {});
  math.evaluate("1 m to cm");
  return math;
}

/** In signs that the parser knows. */
function plainExpression(text: string): string {
  return text
    .replaceAll(/[×·]/gu, "*")
    .replaceAll("÷", "/")
    .replaceAll("−", "-")
    .replaceAll("²", "^2")
    .replaceAll("³", "^3")
    .replaceAll("°C", " degC")
    .replaceAll("°F", " degF")
    .replaceAll("°", " deg")
    .replaceAll("π", " pi")
    .replaceAll(/(\d(?:[\d.]*))\s*%\s*of\b/gu, "$1 / 100 *");
}
