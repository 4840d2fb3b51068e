import { describe, expect, it } from "vitest";
import { ToolRoomScript } from "../../testing/tool-room";
import { calculate } from "./calculate";

const ask = (expression: string) => new ToolRoomScript().call(calculate(), { expression });

describe("calculate", () => {
  it.each([
    ["3.5 * 12", "42"],
    ["(2 + 3) × 4 − 1", "19"],
    ["0.1 + 0.2", "0.3"],
    ["2^10", "1024"],
    ["sqrt(2)", "1.41421356237"],
    ["12 inch to cm", "30.48 cm"],
    ["20 °C to °F", "68 degF"],
    ["5 min to sec", "300 second"],
    ["90 km / 1.5 hr to km/h", "60 km / h"],
    ["15% of 80", "12"],
    ["ln(e)", "1"],
    ["max(3, 7, 5)", "7"],
    ["1 / 0", "Infinity"],
    ["7 mod 3", "1"],
    ["5!", "120"],
    ["min(4 s, 2 s)", "2 s"],
  ])("%s is %s", async (expression, value) => {
    expect(await ask(expression)).toBe(value);
  });

  it.each([
    ["f(x) = x^2"],
    ["x = 5"],
    ["1; 2"],
    ["[1, 2, 3]"],
    ["1:1e9"],
    ["import({})"],
    ['evaluate("1")'],
    ["cos.constructor"],
    ['cos["constructor"]("return process")()'],
    ["createUnit(foo)"],
    ['"text"'],
    ["{a: 1}"],
    ["a ? b : c"],
    ["combinations(1e9, 5e8)"],
    ["map(range(1, 1e9), sqrt)"],
    ["constructor"],
    ["__proto__"],
    ["toString(1)"],
    ["5 flurbs"],
    ["5 m + 3 s"],
    ["3 +"],
    ["(".repeat(250)],
  ])("refuses %s", async (expression) => {
    expect(await ask(expression)).toMatch(/^failed: /u);
  });

  it("takes no longer than its length allows", async () => {
    const towers = ["9^9^9^9^9", "factorial(1e9)", `1${"!".repeat(290)}`, "gcd(1e300, 3e299)"];
    const answers = await Promise.all(towers.map(ask));
    expect(answers).toHaveLength(4);
    expect(await ask(`1${"+1".repeat(200)}`)).toMatch(/^failed: The arguments/u);
  });
});
