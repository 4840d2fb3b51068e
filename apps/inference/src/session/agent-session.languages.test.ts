import { AppError } from "@parley/shared/errors";
import { defaultGreeting } from "@parley/shared/protocol/greetings";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type {
  SynthesisPart,
  SynthesisRequest,
  Synthesizer,
} from "@parley/speech/contracts/synthesizer";
import { toSpoken } from "@parley/speech/spoken/to-spoken";
import { SwitchableSynthesizer } from "@parley/speech/synthesis/switchable-synthesizer";
import { WordCode, wordRecognizer } from "@parley/speech/testing/scripted-models";
import { describe, expect, it } from "vitest";
import { ConversationScript, type ScriptOptions } from "../testing/conversation-script";

/** Speaks its languages, 20 ms a character, and notes in which it said what. */
class ManyTonguedVoice implements Synthesizer {
  readonly name = "many-tongued";
  readonly voices = ["plain"];
  readonly sampleRate = 16_000;
  /** Language and spoken form of each clause. */
  readonly said: string[] = [];

  constructor(readonly languages: readonly string[]) {}

  async *speak({ clauses, language }: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    for await (const text of clauses) {
      const spoken = toSpoken(text, { language: language ?? this.languages[0] ?? "en" });
      this.said.push(`${language ?? "unasked"}: ${spoken}`);
      yield { type: "clause-start", text };
      yield { type: "audio", samples: new Int16Array(text.length * 320).fill(1_000) };
      yield { type: "clause-end" };
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A recogniser that notes in which languages it was opened, and knows all of them but one. */
function askedRecognizer(code: WordCode, unknown = "") {
  const opened: (string | undefined)[] = [];
  const plain = wordRecognizer(code);
  const recognizer: Recognizer = {
    ...plain,
    open: (options) => {
      opened.push(options?.language);
      return options?.language === unknown
        ? Promise.reject(new AppError("invalid-request", `language ${unknown} is not known`))
        : plain.open(options);
    },
  };
  return { recognizer, opened };
}

function scripted(
  { voice, unknown, ...options }: ScriptOptions & { unknown?: string },
  code = new WordCode(),
) {
  const { recognizer, opened } = askedRecognizer(code, unknown);
  const script = new ConversationScript({
    ...options,
    recognizer,
    code,
    voice: voice ?? new ManyTonguedVoice(["en", "de"]),
  });
  return { script, opened };
}

const systemPromptOf = (script: ConversationScript) =>
  script.chatModel.requests.at(-1)?.messages[0]?.content ?? "";

describe("an agent that speaks German", () => {
  const answer = () => ["Ich wohne im 3. Stock. Es kostet 3,50 €."];

  it("is heard, answers and is spoken in German", async () => {
    const voice = new ManyTonguedVoice(["en", "de"]);
    const { script, opened } = scripted({ voice, language: "de-AT", answer });
    await script.says("wie spät ist es");
    await script.until("reply-end");
    expect(opened).toEqual(["de"]);
    // Cut and put in words as German is: the stop behind "3" makes an ordinal.
    expect(voice.said).toEqual([
      "de: Ich wohne im dritten Stock.",
      "de: Es kostet drei Euro fünfzig.",
    ]);
    expect(systemPromptOf(script)).toContain("Speak German");
    expect(script.missingLanguages).toEqual([]);
  });

  it("asks in German for the end of a sentence that lacks it", async () => {
    const voice = new ManyTonguedVoice(["en", "de"]);
    const { script } = scripted({ voice, language: "de" });
    await script.says("ich wohne in");
    await script.passes(3_500);
    expect(voice.said).toContain("de: Ich höre.");
  });

  it.each([
    ["the default one", defaultGreeting, "de: Hallo! Ich höre zu."],
    ["its own", "Moin!", "de: Moin!"],
  ])("greets with %s", async (_which, greeting, said) => {
    const voice = new ManyTonguedVoice(["en", "de"]);
    const { script } = scripted({ voice, language: "de", greeting });
    await script.until("reply-end");
    expect(voice.said.join(" ").replaceAll(" de:", "")).toBe(said);
  });

  it("is heard as the recogniser does by itself where that has no German", async () => {
    const { script, opened } = scripted({ language: "de", unknown: "de" });
    await script.says("wie spät ist es");
    await script.until("reply-end");
    expect(script.finals).toEqual(["wie spät ist es"]);
    expect(opened).toEqual(["de", undefined]);
    expect(script.missingLanguages).toEqual([{ language: "de", lackedBy: "recogniser" }]);
  });
});

describe("the voice's first language", () => {
  it("is that of an agent that asks for none; the recogniser is not told", async () => {
    const voice = new ManyTonguedVoice(["de", "en"]);
    const { script, opened } = scripted({ voice });
    await script.says("wie spät ist es");
    await script.until("reply-end");
    expect(voice.said).toEqual(["de: Very well."]);
    expect(opened).toEqual([undefined]);
    expect(systemPromptOf(script)).toContain("Speak German");
  });

  it("stands in for one that the voice lacks, which is told of once", async () => {
    const voice = new ManyTonguedVoice(["en", "de"]);
    const { script, opened } = scripted({ voice, language: "fi", greeting: defaultGreeting });
    await script.until("reply-end");
    await script.says("what time is it");
    await script.until("reply-end", 2);
    expect(voice.said.join(" ")).toBe("en: Hello! en: I am listening. en: Very well.");
    expect(opened).toEqual([undefined]);
    expect(systemPromptOf(script)).not.toContain("Speak");
    expect(script.missingLanguages).toEqual([{ language: "fi", lackedBy: "voice" }]);
  });
});

describe("a voice that is switched while people talk", () => {
  it("changes the language from the next turn on", async () => {
    const english = new ManyTonguedVoice(["en"]);
    const both = new ManyTonguedVoice(["en", "de"]);
    const voice = new SwitchableSynthesizer(english);
    const { script, opened } = scripted({ voice, language: "de" });
    await script.says("what time is it");
    await script.until("reply-end");
    voice.replace(both);
    await script.says("what day is it");
    await script.until("reply-end", 2);
    await script.says("wie spät ist es");
    await script.until("reply-end", 3);
    expect(english.said).toEqual(["en: Very well."]);
    expect(both.said).toEqual(["de: Very well.", "de: Very well."]);
    expect(opened).toEqual([undefined, "de"]);
    expect(script.finals).toEqual(["what time is it", "what day is it", "wie spät ist es"]);
    expect(script.missingLanguages).toEqual([{ language: "de", lackedBy: "voice" }]);
  });
});
