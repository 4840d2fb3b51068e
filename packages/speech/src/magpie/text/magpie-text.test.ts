import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { AppError } from "@parley/shared/errors";
import { MagpieText } from "./magpie-text";

const fixtures = new URL("fixtures/", import.meta.url);
const byt5 = { _target_: "AutoTokenizer", pretrained_model: "google/byt5-small" };
const module = "nemo.collections.common.tokenizers.text_to_speech.tts_tokenizers";
const english = {
  _target_: `${module}.IPATokenizer`,
  apostrophe: true,
  g2p: { _target_: "IpaG2p", phoneme_dict: "nemo:words.dict", use_chars: true },
};
const files: Readonly<Record<string, string>> = {
  "words.dict": "CAT  kæt\nDOG  dɔɡ\n",
  "broken.dict": "CAT\n",
  "syllables.dict": ";;; b o\nba\tb a\nBO\tb o\nbo\tx o\n",
};

function open(tokenizers: object, rest: object = {}): Promise<MagpieText> {
  return MagpieText.from({
    file: "voice.nemo",
    config: { text_tokenizers: tokenizers, ...rest },
    readMember: (name) => {
      const text = files[name.replace("nemo:", "")];
      return text === undefined
        ? Promise.reject(new Error("not there"))
        : Promise.resolve(new TextEncoder().encode(text));
    },
  });
}

describe("MagpieText", () => {
  it("opens the folder of a converted model", async () => {
    const text = await MagpieText.open(fileURLToPath(new URL("s2/", fixtures)));
    expect(text.languages).toEqual(["en", "es", "de", "pt-BR", "ar", "fr"]);
    expect(text.size).toBe(1_278);
    expect(text.endId).toBe(1_277);
  });

  it("knows the tokenizers of published models by name, if the model maps no languages", async () => {
    const text = await open({
      text_ce_tokenizer: byt5,
      french_chartokenizer: byt5,
      vietnamese_phoneme: byt5,
      korean_chartokenizer: byt5,
    });
    expect(text.languages).toEqual(["fr", "vi", "ko"]);
    // Bytes of UTF-8 three up, then the end of ByT5, all behind the first vocabulary.
    expect(text.encode("é", "fr")).toEqual([0xc3 + 3, 0xa9 + 3, 1].map((id) => 384 + id));
    expect(text.size).toBe(4 * 384 + 2);
  });

  it("does not read an unknown language as English", async () => {
    const text = await open({ english_phoneme: english });
    expect(() => text.encode("안녕", "ko")).toThrow(AppError);
    expect(() => text.encode("안녕", "ko")).toThrow("does not speak ko, but en");
  });

  it("reserves the ids of Mandarin and Japanese, and names their missing lexicons", async () => {
    const mandarin = {
      _target_: `${module}.ChinesePhonemesTokenizer`,
      g2p: { _target_: "ChineseG2p", phoneme_dict: "syllables.dict", ascii_letter_case: "upper" },
    };
    const japanese = {
      _target_: `${module}.JapanesePhonemeTokenizer`,
      apostrophe: false,
      g2p: { _target_: "JapaneseKatakanaAccentG2p", ascii_letter_case: "upper" },
    };
    const text = await open({
      mandarin_phoneme: mandarin,
      japanese_phoneme: japanese,
      french_chartokenizer: byt5,
    });
    // "BO" is replaced by "bo": b, a, x and o remain of the sounds.
    const [mandarinSize, japaneseSize] = [1 + 4 + 5 + 26 + 1 + 34 + 2, 175];
    expect(text.encode("", "fr")).toEqual([mandarinSize + japaneseSize + 1]);
    expect(text.languages).toEqual(["fr"]);
    expect(() => text.chunks("你好", "zh")).toThrow(/zh cannot be spoken.*pypinyin/);
    expect(() => text.encode("はい", "ja")).toThrow(/ja cannot be spoken.*Open JTalk/);
  });

  it("makes no chunks of spaces and unknown symbols", async () => {
    const text = await open({ english_phoneme: english, french_chartokenizer: byt5 });
    expect(text.encode("1 2 3", "en")).toEqual([]);
    for (const given of ["", "  ", "1 2 3", "😀"]) expect(text.chunks(given, "en")).toEqual([]);
    expect(text.chunks(" \n", "fr")).toEqual([]);
    expect(text.chunks("cat", "en")).toEqual([
      { text: "cat", ids: [...text.encode("cat", "en"), text.endId] },
    ]);
    const long = "cat dog ".repeat(30) + "cat. 123. dog.";
    expect(text.chunks(long, "en").map((chunk) => chunk.text.slice(-4))).toEqual([
      "cat.",
      "123.",
      "Dog.",
    ]);
  });

  it("dates open settings by the version of NeMo that wrote the archive", async () => {
    const hindi = { hindi_chartokenizer: { _target_: `${module}.HindiCharsTokenizer` } };
    const old = await open(hindi, { nemo_version: "2.7.0rc0" });
    const current = await open(hindi, { nemo_version: "2.8.0rc0" });
    expect(old.size).toBe(191 + 2);
    expect(current.size).toBe(146 + 2);
    expect((await open(hindi)).size).toBe(current.size);
  });

  it.each<[string, object, object, RegExp]>([
    ["another tokenizer", { fr: { _target_: "T5Tokenizer" } }, {}, /fr: no tokenizer T5Tokenizer/],
    ["another model", { fr: { ...byt5, pretrained_model: "gpt2" } }, {}, /pretrained_model/],
    ["a fixed vocabulary", { en: { ...english, fixed_vocab: ["a"] } }, {}, /fixed_vocab/],
    ["an unknown locale", { en: { ...english, locale: "fr-FR" } }, {}, /locale/],
    [
      "a missing dictionary",
      { en: { ...english, g2p: { ...english.g2p, phoneme_dict: "other.dict" } } },
      {},
      /other\.dict: not there/,
    ],
    [
      "a broken dictionary",
      { en: { ...english, g2p: { ...english.g2p, phoneme_dict: "broken.dict" } } },
      {},
      /broken\.dict: no pronunciation in "CAT"/,
    ],
    [
      "a language without its tokenizer",
      { fr: byt5 },
      { language_to_tokenizer_mapping: { it: ["italian"] } },
      /italian for it/,
    ],
    ["legacy conditioning", { fr: byt5 }, { legacy_text_conditioning: true }, /legacy_text/],
    ["no tokenizers", [], {}, /text_tokenizers/],
  ])("refuses %s", async (_what, tokenizers, rest, message) => {
    const opening = open(tokenizers, rest);
    await expect(opening).rejects.toMatchObject({ code: "model-mismatch" });
    await expect(opening).rejects.toThrow(message);
  });

  it("refuses a folder without a model", async () => {
    const opening = MagpieText.open(fileURLToPath(fixtures));
    await expect(opening).rejects.toMatchObject({ code: "model-mismatch" });
    await expect(opening).rejects.toThrow("model_config.yaml");
  });
});
