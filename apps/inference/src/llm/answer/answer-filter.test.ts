import { describe, expect, it } from "vitest";
import { AnswerFilter } from "./answer-filter";

/** What people get of a text that arrives in pieces of `size` characters. */
function answerIn(text: string, size: number, options = {}): string {
  const filter = new AnswerFilter(options);
  let answer = "";
  const take = (part: { text: string; isRetraction: boolean }) => {
    answer = (part.isRetraction ? "" : answer) + part.text;
  };
  for (let at = 0; at < text.length; at += size) take(filter.push(text.slice(at, at + size)));
  take(filter.flush());
  return answer.trimEnd();
}

const cases: Readonly<Record<string, readonly (readonly [written: string, answer: string])[]>> = {
  "plain text": [
    ["Hello.", "Hello."],
    ["1 < 2 and <b> stays, <thin too", "1 < 2 and <b> stays, <thin too"],
    ["See [1] and [the page](http://a.b).", "See [1] and [the page](http://a.b)."],
    ["a <= b, x<y, <3 you", "a <= b, x<y, <3 you"],
    ["Use `code` and ```js\nlet a = {};\n```", "Use `code` and ```js\nlet a = {};\n```"],
    ["The user manual is on page 3.", "The user manual is on page 3."],
    ['{"city": "Paris"} is JSON.', '{"city": "Paris"} is JSON.'],
    ["- [x] Milk", "- [x] Milk"],
  ],
  "reasoning in tags": [
    ["<think>Hm.\nWell.</think>\n\nHello.", "Hello."],
    [
      "<thinking>\nThe user asks. I must plan.\n</thinking>\n\nPlain answer one.",
      "Plain answer one.",
    ],
    ["Hi <think>a</think>there<think>b</think>.", "Hi there."],
    ["<THINK>x</THINK>Yes.", "Yes."],
    ['<reasoning effort="high">x</reasoning>Yes.', "Yes."],
    ["<seed:think>x</seed:think>Yes.", "Yes."],
    ["[THINK]x[/THINK]Yes.", "Yes."],
    ["◁think▷x◁/think▷Yes.", "Yes."],
    ["<|begin_of_thought|>x<|end_of_thought|>Yes.", "Yes."],
    ["<|START_THINKING|>x<|END_THINKING|>Yes.", "Yes."],
    ["<think>never ends. So this goes on.", ""],
    ["<scratchpad>a <b> c</scratchpad>Yes.", "Yes."],
  ],
  "reasoning with a closing mark alone": [
    ["</think>\n\nHello.", "Hello."],
    [
      "Okay the user asks me, I should be careful.\n</think>\n\nPlain answer two.",
      "Plain answer two.",
    ],
    ["Two plus two. That is four.</thinking>Four.", "Four."],
    ["Hmm.\n[/THINK]Yes.", "Yes."],
    ["The user wants tea, and never says more.", "The user wants tea, and never says more."],
  ],
  "harmony channels": [
    [
      "<|channel|>analysis<|message|>Secret plan.<|end|><|start|>assistant<|channel|>final<|message|>Harmony answer.",
      "Harmony answer.",
    ],
    ["<|start|>assistant<|channel|>final<|message|>Yes.<|return|>", "Yes."],
    ["<|channel|>analysis<|message|>Only thoughts.", ""],
    [
      '<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>',
      "",
    ],
    [
      "<|channel|>final <|constrain|>text<|message|>Yes.<|end|><|start|>user<|message|>And?",
      "Yes.",
    ],
    ["<|channel>thought\nPlan.<channel|>Yes.", "Yes."],
    ["analysisThe user says hi. We greet.assistantfinalHello!", "Hello!"],
    ["analysis of the data is done.", "analysis of the data is done."],
  ],
  "control tokens": [
    ["Here is the answer.<|im_end|>\n<|im_start|>user\nAnd another?", "Here is the answer."],
    ["Yes.<|eot_id|>", "Yes."],
    ["Yes.</s>", "Yes."],
    ["Yes.<|endoftext|>Human: no", "Yes."],
    ["Yes.<end_of_turn>\n<start_of_turn>user", "Yes."],
    ["Yes.<｜end▁of▁sentence｜>", "Yes."],
    ["<|im_start|>assistant\nYes.<|im_end|>", "Yes."],
    ["<|start_header_id|>assistant<|end_header_id|>\n\nYes.", "Yes."],
    ["<s>Yes.", "Yes."],
    ["Yes. [INST] And?", "Yes."],
    ["One<|fim_pad|> two.", "One two."],
  ],
  "tool calls": [
    ['<tool_call>\n{"name": "get_weather", "arguments": {"city": "Paris"}}\n</tool_call>', ""],
    ['Let me see.\n<function_calls><invoke name="f"></invoke></function_calls>', "Let me see."],
    ["<function=f>{}</function>Done.", "Done."],
    ['<TOOLCALL>[{"name":"f"}]</TOOLCALL>Done.', "Done."],
    ['[TOOL_CALLS][{"name":"f","arguments":{}}]', ""],
    ['<|python_tag|>f.call(query="a")', ""],
    ["<｜tool▁calls▁begin｜>f", ""],
    ["```tool_code\nprint(1)\n```\nDone.", "Done."],
    ['{"name": "f", "arguments": {"a": "}"}}', ""],
    ['[{"name": "f", "parameters": {}}]', ""],
    ['One moment.\n{"name": "f", "arguments": {}}\nDone.', "One moment.\n\nDone."],
    ['{"name": "f", "argum', ""],
    ["<tool_response>5</tool_response>It is five.", "It is five."],
  ],
};

for (const [kind, texts] of Object.entries(cases)) {
  describe(`AnswerFilter: ${kind}`, () => {
    it.each(texts)("%j", (written, answer) => {
      for (const size of [1, 2, 3, 5, 7, 1_000]) {
        expect([size, answerIn(written, size)]).toEqual([size, answer]);
      }
    });
  });
}

describe("AnswerFilter", () => {
  it("keeps back only what may be a mark", () => {
    expect(new AnswerFilter().push("It is <t").text).toBe("It is ");
    expect(new AnswerFilter().push("It is <h").text).toBe("It is <h");
    expect(new AnswerFilter().push("See [").text).toBe("See ");
    expect(new AnswerFilter().push("See [h").text).toBe("See [h");
  });

  it("gives the text of an ordinary answer at once", () => {
    const filter = new AnswerFilter();
    expect(
      ["I need to ", "know ", "the user ", "name."].map((part) => filter.push(part).text),
    ).toEqual(["I need to ", "know ", "the user ", "name."]);
  });

  it("keeps back what reads like reasoning until it is clear what it was", () => {
    const filter = new AnswerFilter();
    expect(filter.push("Okay, ").text).toBe("Okay, ");
    expect(filter.push("the user wants tea. ").text).toBe("");
    expect(filter.push("I offer some.</think>Tea?")).toEqual({ text: "Tea?", isRetraction: true });
    expect(filter.hadUnmarkedReasoning).toBe(true);
  });

  it("keeps back everything where the model is known to begin with reasoning", () => {
    const filter = new AnswerFilter({ opensInReasoning: true });
    expect(filter.push("Tea is green. ").text).toBe("");
    expect(filter.push("</think>Tea?")).toEqual({ text: "Tea?", isRetraction: false });
    const plain = new AnswerFilter({ opensInReasoning: true });
    plain.push("Tea is green.");
    expect(plain.flush().text).toBe("Tea is green.");
    expect(plain.hadUnmarkedReasoning).toBe(false);
  });

  it("says when the turn is over", () => {
    const filter = new AnswerFilter();
    filter.push("Yes.<|im_end|>");
    expect(filter.isOver).toBe(true);
    expect(filter.push("No.").text).toBe("");
  });
});
