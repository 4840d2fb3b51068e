import { CharsMap } from "./chars-map";
import type { LongestMatch } from "./longest-match";
import { spaceMark, type NormalizerSettings } from "./sentencepiece-model";

/** Normalises text before segmentation, as SentencePiece's `normalizer.cc` does. */
export class TextNormalizer {
  readonly #settings: NormalizerSettings;
  readonly #charsMap: CharsMap | null;
  readonly #userDefined: LongestMatch;

  /** @param userDefined matcher of the user-defined pieces, which no rule may change */
  constructor(settings: NormalizerSettings, userDefined: LongestMatch) {
    this.#settings = settings;
    this.#charsMap = settings.charsMap.length === 0 ? null : new CharsMap(settings.charsMap);
    this.#userDefined = userDefined;
  }

  /** @returns "" when nothing remains to be segmented */
  normalize(text: string): string {
    const { addsDummyPrefix, removesExtraSpaces, escapesSpaces } = this.#settings;
    let replaced = this.#replace(text);
    if (removesExtraSpaces) replaced = replaced.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
    if (replaced === "") return "";
    if (addsDummyPrefix) replaced = ` ${replaced}`;
    return escapesSpaces ? replaced.replaceAll(" ", spaceMark) : replaced;
  }

  #replace(text: string): string {
    let replaced = "";
    let start = 0;
    let at = 0;
    while (at < text.length) {
      const piece = this.#userDefined.at(text, at);
      if (piece === null) {
        at++;
        continue;
      }
      replaced += this.#applyRules(text.slice(start, at)) + piece;
      at += piece.length;
      start = at;
    }
    return replaced + this.#applyRules(text.slice(start));
  }

  #applyRules(text: string): string {
    if (this.#charsMap === null) return text;
    const bytes = new TextEncoder().encode(text);
    const replaced: number[] = [];
    let at = 0;
    while (at < bytes.length) {
      const rule = this.#charsMap.replace(bytes, at);
      const taken = rule?.length ?? characterLength(bytes[at] ?? 0);
      replaced.push(...(rule?.replacement ?? bytes.subarray(at, at + taken)));
      at += taken;
    }
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(replaced));
  }
}

/** Bytes of the UTF-8 character that begins with `lead`. */
function characterLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
