import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { RecognizedWord } from "../../contracts/recognizer";
import { Detokenizer } from "../tokenizer/detokenizer";
import { toWords } from "./words";

const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

const recordingSchema = z.object({
  ids: z.array(z.int()),
  timestamps: z.array(z.int()),
  durations: z.array(z.int()).optional(),
  text: z.string(),
  word: z.array(z.object({ word: z.string(), start_offset: z.int(), end_offset: z.int() })),
  token_confidence: z.array(z.number()),
  word_confidence: z.array(z.number()).optional(),
});
type NemoRecording = z.infer<typeof recordingSchema>;

function readVocabulary(name: string): string[] {
  const path = new URL(`tokenizers/${name}/goldens.json`, shared);
  return z.object({ pieces: z.array(z.string()) }).parse(JSON.parse(readFileSync(path, "utf8")))
    .pieces;
}

function readRecordings(model: string): [string, NemoRecording][] {
  const path = new URL(`models/${model}/offline.json`, shared);
  const file: unknown = JSON.parse(readFileSync(path, "utf8"));
  return Object.entries(z.record(z.string(), recordingSchema).parse(file));
}

function toOurs(nemo: NemoRecording, tokenizer: Detokenizer): RecognizedWord[] {
  const tokens = nemo.ids.map((id, index) => ({
    id,
    frame: nemo.timestamps[index] ?? NaN,
    duration: nemo.durations?.[index] ?? 1,
    confidence: nemo.token_confidence[index] ?? NaN,
  }));
  return toWords(tokens, tokenizer);
}

/** Unknown pieces and control tokens, which are not shown. */
const hidden = / ?\u2047 ?|<EO[UB]>/g;

/**
 * Assigns NeMo's words to ours. NeMo makes words of lone spaces, of unknown pieces and of the
 * pieces after them; words without letters are dropped, and parts of one of our words are joined.
 */
function shareOut<Word extends { text: string }>(
  ours: readonly RecognizedWord[],
  nemo: readonly Word[],
): Word[][] {
  const left = [...nemo];
  const shares = ours.map(({ text }) => {
    const share: Word[] = [];
    let spelt = "";
    while (spelt !== text && left.length > 0) {
      const word = left.shift()!;
      const letters = word.text.replace(hidden, "");
      if (letters !== "") share.push(word);
      spelt += letters;
    }
    expect(spelt).toBe(text);
    return share;
  });
  expect(left.map(({ text }) => text.replace(hidden, "")).join("")).toBe("");
  return shares;
}

const models = [
  ["nemotron-like", "bpe_cased"],
  ["parakeet-rnnt-like-tt", "bpe_lower"],
  ["parakeet-rnnt-like-ff", "bpe_lower"],
  ["parakeet-tdt-like", "bpe_cased"],
  ["eou-like", "bpe_eou"],
  ["hybrid-ctc", "unigram"],
] as const;

describe.each(models)("toWords beside NeMo: %s", (model, name) => {
  // The body of a suite runs though the suite is skipped.
  if (!existsSync(shared)) {
    it.skip("needs NeMo's answers", () => undefined);
    return;
  }
  const tokenizer = new Detokenizer({ pieces: readVocabulary(name) });
  const recordings = readRecordings(model);

  it.each(recordings)("writes the words of the text: %s", (_, nemo) => {
    const text = toOurs(nemo, tokenizer).map((word) => word.text);
    expect(text.join(" ")).toBe(tokenizer.decode(nemo.ids));
  });

  it.each(recordings)("starts and ends with NeMo's words: %s", (_, nemo) => {
    const ours = toOurs(nemo, tokenizer);
    const shares = shareOut(
      ours,
      nemo.word.map((word) => ({ ...word, text: word.word })),
    );
    for (const [index, word] of ours.entries()) {
      const share = shares[index]!;
      expect(word.startMs, word.text).toBe(share[0]!.start_offset * 80);
      const last = share.at(-1)!;
      if (model === "parakeet-tdt-like") {
        expect(word.endMs, word.text).toBe(last.end_offset * 80);
        continue;
      }
      // NeMo gives an RNN-T word's last token one frame, be it a mark or an ending.
      if (/\p{P}$|<EO[UB]>$/u.test(last.text)) continue;
      expect(word.endMs, word.text).toBeGreaterThanOrEqual(last.end_offset * 80);
      expect(word.endMs, word.text).toBeLessThanOrEqual((last.end_offset + 2) * 80);
    }
  });

  it.each(recordings)("is as sure as NeMo: %s", (_, nemo) => {
    if (nemo.word_confidence === undefined) return;
    const ours = toOurs(nemo, tokenizer);
    const texts = nemo.text.split(/\s+/).filter((text) => text !== "");
    expect(texts).toHaveLength(nemo.word_confidence.length);
    const words = texts.map((text, index) => ({ text, confidence: nemo.word_confidence![index]! }));
    for (const [index, share] of shareOut(ours, words).entries()) {
      const least = Math.min(...share.map(({ confidence }) => confidence));
      const { confidence, text } = ours[index]!;
      // NeMo's word confidence includes that of an ending; ours does not.
      if (share.some((word) => /<EO[UB]>/.test(word.text))) {
        expect(confidence, text).toBeGreaterThanOrEqual(least);
      } else {
        expect(confidence / least, text).toBeCloseTo(1, 3);
      }
    }
  });
});
