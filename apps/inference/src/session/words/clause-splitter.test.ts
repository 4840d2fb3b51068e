import { describe, expect, it } from "vitest";
import { defaultSessionSettings } from "../settings";
import { ClauseSplitter } from "./clause-splitter";

/** Splits text that arrives in pieces of `size` characters. */
function split(text: string, size: number, settings = {}, language = "en"): string[] {
  const splitter = new ClauseSplitter({ ...defaultSessionSettings, ...settings }, language);
  const clauses: string[] = [];
  for (let at = 0; at < text.length; at += size) {
    clauses.push(...splitter.push(text.slice(at, at + size)));
  }
  return [...clauses, ...splitter.flush()];
}

const goldens: readonly (readonly string[])[] = [
  ["Hi!", "How are you?", "I am fine."],
  ["Dr. Smith and Mrs. Jones arrive at 3 p.m. on Monday.", "Be there."],
  ["We met at 3 p.m.", "Then we left."],
  ["Pi is about 3.14 and e is 2.72.", "Both go on."],
  ["Well... maybe not.", "We will see."],
  ["It was late…", "Nobody came."],
  ['She said "Stop!" and left.', "He stayed."],
  ['"Is it you?"', "He nodded."],
  ["J. R. R. Tolkien wrote it.", "It is long."],
  ["So did I.", "We agreed."],
  ["Use e.g. a hammer, etc. and nails.", "Done."],
  ["Open example.com today.", "It is free."],
  ["Really?!", "Yes!!", "Good."],
  ["No. 5 is alive.", "No.", "It is not."],
  ["1. Wash the rice.", "2. Boil it."],
  ["First line", "Second line"],
  ["今日は晴れです。", "散歩に行きましょう！", "「はい。」", "そうですね。"],
  ["你好！", "今天天气很好。", "我们走吧。"],
  ["We met in Washington D.C. yesterday.", "The U.N. met.", "It is 5 min. away."],
  ["Open on Sat. and Sun. from nine.", "Ext. 1234 or Tel. 040 1234."],
  ['He said "go home." and left.', "(It works.) and so on.", "It is a.k.a. the big one."],
  ["The U.S. Army met.", "He lives in the U.S.", "Then he left."],
  ["On Jan. 5 we met.", "See Sec. 3 and Fig. 2."],
  ["hello there.", "this is all small, e.g. this.", "yes."],
  ["The result is \\(f(a, b). C\\) and \\[x, y\\].", "With $x \\in [0, 2]$ it is $5."],
];

const german: readonly (readonly string[])[] = [
  ["Wir sehen uns am 3. Juni, z.B. um 14:30 Uhr, d.h. nachmittags bzw. abends.", "Bis dann."],
  ["Friedrich II. und der 2. Versuch.", "Ich bin 30.", "Du bist 25."],
  ["Mo–Fr 9–17 Uhr, Sa. geschlossen.", "Tel. 040 7654321.", "Das kostet z. B. 12 Mio. Euro."],
  [
    "Im 19. Jahrhundert kam Dr. Müller zum 3. Mal.",
    "Er ging um 8 Uhr.",
    "Dann kam die 2. Klasse usw.",
  ],
];

describe("ClauseSplitter", () => {
  it.each(goldens.map((clauses) => [clauses.join(" / "), clauses] as const))(
    "cuts the same however the text arrives: %s",
    (_, clauses) => {
      const isLine = clauses[0] === "First line";
      const isWide = /[。！]/.test(clauses[0] ?? "");
      const text = clauses.join(isLine ? "\n" : isWide ? "" : " ");
      const long = { firstClauseCharacters: 1_000 };
      for (const size of [1, 2, 3, 7, 1_000]) expect(split(text, size, long)).toEqual(clauses);
    },
  );

  it.each(german.map((clauses) => [clauses.join(" / "), clauses] as const))(
    "knows the stops of the reply's language: %s",
    (_, clauses) => {
      const text = clauses.join(" ");
      const settings = { firstClauseCharacters: 1_000 };
      for (const size of [1, 2, 3, 7, 1_000]) {
        expect(split(text, size, settings, "de-DE")).toEqual(clauses);
      }
    },
  );

  it("does not cut between a colon and its number, nor within a formula", () => {
    expect(split("This is the whole passcode: 4821, so keep it.", 3)).toEqual([
      "This is the whole passcode: 4821,",
      "so keep it.",
    ]);
    expect(split("Now consider the set \\(x, y\\), and go on.", 2)).toEqual([
      "Now consider the set \\(x, y\\),",
      "and go on.",
    ]);
  });

  it("gives whole words of a sentence that does not come", () => {
    const splitter = new ClauseSplitter(defaultSessionSettings);
    splitter.push("Could you te");
    expect(splitter.takeWords()).toEqual(["Could you"]);
    expect(splitter.takeWords()).toEqual([]);
    expect(splitter.push("ll me? ")).toEqual([]);
    expect(splitter.flush()).toEqual(["tell me?"]);
  });

  it("cuts the first clause early at a comma, later ones at their end", () => {
    const text = "When I was a little robot, I lived by the sea. After the storm, it was quiet.";
    expect(split(text, 4)).toEqual([
      "When I was a little robot,",
      "I lived by the sea.",
      "After the storm, it was quiet.",
    ]);
  });

  it("does not cut at a comma after a word or two, nor within a number", () => {
    expect(split("Well, it costs 1,000,000 dollars to do.", 3)).toEqual([
      "Well, it costs 1,000,000 dollars to do.",
    ]);
  });

  it("cuts the first Chinese clause at a comma", () => {
    expect(split("今天的天气非常好，我们去公园吧。", 2)).toEqual([
      "今天的天气非常好，",
      "我们去公园吧。",
    ]);
  });

  it("gives a sentence away as soon as it is clear that it ended", () => {
    const splitter = new ClauseSplitter(defaultSessionSettings);
    expect(splitter.push("It is noon.")).toEqual([]);
    expect(splitter.push(" ")).toEqual([]);
    expect(splitter.push("T")).toEqual(["It is noon."]);
    splitter.flush();
    expect(splitter.push("Wait for Dr. ")).toEqual([]);
  });

  it("never makes a clause longer than the limit, and cuts between words", () => {
    const text = "word ".repeat(200);
    const clauses = split(text, 10);
    expect(clauses.every((clause) => clause.length <= 220)).toBe(true);
    expect(clauses.join(" ")).toBe(text.trim());
  });

  it("cuts what has no spaces too", () => {
    expect(split("x".repeat(500), 50).map(({ length }) => length)).toEqual([220, 220, 60]);
  });

  it("makes nothing of nothing", () => {
    expect(split("  \n \n ", 1)).toEqual([]);
  });
});
