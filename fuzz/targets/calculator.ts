import { calculate } from "@parley/inference/tools/calculator/calculate";
import { ToolRoomScript } from "@parley/inference/testing/tool-room";
import fc from "fast-check";
import { expectCoded } from "../expect-coded";
import { fuzzTarget } from "../fuzz-target";

const parts = [
  ...[
    "1",
    "2.5",
    "1e308",
    "9",
    "0",
    "+",
    "-",
    "*",
    "/",
    "^",
    "!",
    "%",
    "(",
    ")",
    ",",
    " ",
    "=",
    ";",
  ],
  ...[
    "sqrt(",
    "factorial(",
    "gcd(",
    "min(",
    "f(x)",
    "import(",
    "constructor",
    "__proto__",
    "evaluate(",
  ],
  ...[
    " to ",
    "in",
    "cm",
    "degC",
    "min",
    "kg",
    "pi",
    "e",
    "i",
    "[",
    "]",
    "{",
    "}",
    ":",
    ".",
    '"',
    "?",
  ],
];
const expressions = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...parts) }, fc.string({ maxLength: 4 })))
  .map((pieces) => pieces.join("").slice(0, 300));

export const calculator = fuzzTarget({
  name: "calculator",
  about: "expressions that a chat model has computed",
  inputs: expressions,
  open: () => ({
    check: async (expression) => {
      const { room } = new ToolRoomScript();
      const { signal } = new AbortController();
      const text = await expectCoded(() => calculate().run({ expression }, { signal, room }));
      if (text?.includes("function") === true) throw new Error(`a function got out: ${text}`);
    },
  }),
});
