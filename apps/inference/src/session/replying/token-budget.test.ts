import { describe, expect, it } from "vitest";
import { TokenBudget } from "./token-budget";

describe("TokenBudget", () => {
  it("has no end without a limit", () => {
    const budget = new TokenBudget(null);
    const text = "word ".repeat(10_000);
    expect(budget.takeText(text)).toBe(text);
    expect(budget.takeSound(1e9)).toBe(1e9);
    expect(budget.takeCall(1e9)).toBe(true);
  });

  it("cuts text after a whole word, and a long word where it must", () => {
    expect(new TokenBudget(3).takeText("One two three four")).toBe("One two");
    expect(new TokenBudget(2).takeText("One two three")).toBe("One two");
    expect(new TokenBudget(1).takeText("Incomprehensible")).toBe("Inco");
    expect(new TokenBudget(1).takeText("abc\u{1F600}")).toBe("abc");
  });

  it("counts text and sound together", () => {
    const budget = new TokenBudget(10);
    expect(budget.takeText("Eleven char")).toBe("Eleven char");
    expect(budget.takeSound(300)).toBe(300);
    expect(budget.isSpent).toBe(false);
    expect(budget.takeText("more text")).toBe("more");
    expect(budget.isSpent).toBe(true);
    expect(budget.takeSound(300)).toBe(0);
  });

  it("takes the whole of a call, or nothing", () => {
    expect(new TokenBudget(5).takeCall(21)).toBe(false);
    const budget = new TokenBudget(5);
    expect(budget.takeCall(20)).toBe(true);
    expect(budget.isSpent).toBe(false);
    expect(budget.takeCall(1)).toBe(false);
  });
});
