import { describe, expect, it } from "vitest";
import { namePhrases } from "./name-phrases";

describe("namePhrases", () => {
  it("prefers whole names and what people are called by, each once", () => {
    expect(namePhrases(["Parley", " Ada  Lovelace ", "Ada King", "J. R. Smith"])).toEqual([
      "Parley",
      "Ada Lovelace",
      "Ada",
      "Ada King",
      "J. R. Smith",
    ]);
  });

  it("have capitals, as recognisers write that write case", () => {
    expect(namePhrases(["ada lovelace", "o’brien", "anna-lena", "JD", "iPad"])).toEqual([
      "Ada Lovelace",
      "Ada",
      "O’brien",
      "Anna-Lena",
      "JD",
      "iPad",
    ]);
  });

  it("leaves out what nobody can say", () => {
    expect(namePhrases(["", "  ", "🎧", "- Bo -", "X Æ"])).toEqual(["Bo", "X Æ"]);
  });

  it("stays short however many there are", () => {
    expect(namePhrases(Array.from({ length: 500 }, (_, at) => `Guest ${at}`))).toHaveLength(200);
  });
});
