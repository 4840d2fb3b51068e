import type { RecognizedWord } from "../contracts/recognizer";

/** One caption: the text on screen for a time. */
export type Cue = {
  /** Start of the first word and end of the last, in milliseconds. */
  startMs: number;
  endMs: number;
  /** One or two lines of at most 42 characters; a longer word has a line of its own. */
  lines: readonly string[];
  words: readonly RecognizedWord[];
};

/** Usual limits of subtitles in television and film. */
const maxLineCharacters = 42;
const maxLines = 2;
const maxCueMs = 7_000;
/** A silence between two thoughts. */
const pauseMs = 700;
/** A full stop or its kin, and closing quotes or brackets. */
const sentenceEnd = /[.!?…。！？]["'”’»)\]]*$/u;
/** Titles and initials: their full stop ends no sentence. */
const title = /^(?:dr|mr|mrs|ms|prof|st|\p{L})\.$/iu;

/** Cuts a transcript at sentence ends, at pauses, and where two lines or seven seconds are full. */
export function cutIntoCues(words: readonly RecognizedWord[]): Cue[] {
  const cues: Cue[] = [];
  let taken: RecognizedWord[] = [];
  for (const word of words) {
    if (!fits(taken, word)) {
      cues.push(...cueOf(taken));
      taken = [];
    }
    taken.push(word);
  }
  cues.push(...cueOf(taken));
  return cues;
}

function fits(taken: readonly RecognizedWord[], word: RecognizedWord): boolean {
  const [first, last] = [taken[0], taken.at(-1)];
  if (first === undefined || last === undefined) return true;
  return (
    (title.test(last.text) || !sentenceEnd.test(last.text)) &&
    word.startMs - last.endMs < pauseMs &&
    word.endMs - first.startMs <= maxCueMs &&
    wrap([...taken, word]).length <= maxLines
  );
}

function cueOf(words: readonly RecognizedWord[]): Cue[] {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [{ startMs: first.startMs, endMs: last.endMs, lines: wrap(words), words }];
}

function wrap(words: readonly RecognizedWord[]): string[] {
  const lines: string[] = [];
  for (const { text } of words) {
    const line = lines.at(-1);
    if (line === undefined || line.length + 1 + text.length > maxLineCharacters) lines.push(text);
    else lines[lines.length - 1] = `${line} ${text}`;
  }
  return lines;
}
