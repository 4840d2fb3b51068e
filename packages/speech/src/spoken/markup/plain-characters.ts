import { rewrite } from "../rewrite";

/** Tokens far longer than any word, number or name: keys, base64, noise. */
const unspeakableToken =
  /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]{81,}/gu;
const digest =
  /(?<![\w-])(?=[\da-f-]{0,40}\d)(?=[\da-f-]{0,40}[a-f])(?:[\da-f]{24,80}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})(?![\w-])/giu;

/** Drops characters without a sound, and replaces variants by the plain character. */
export function withPlainCharacters(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/gu, "\n")
      // Terminal colours, then controls, soft hyphens, marks of direction and of width.
      .replace(/\u001B\[[\d;]{0,20}[A-Za-z]/gu, "")
      .replace(
        /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFD\p{Co}]/gu,
        "",
      )
      .replace(/[\p{Cs}]/gu, "")
      .replace(/[^\P{Cc}\n]/gu, " ")
      // Non-breaking spaces within numbers: 1 234
      .replace(/(?<=\d)[\u00A0\u2009\u202F](?=\d{3}(?!\d))/gu, "")
      .replace(/[^\S\n]+/gu, " ")
      .replace(/[\u2010\u2011\u2043]/gu, "-")
      .replace(/\u2212(?=[\d.])/gu, "-")
  );
}

/** Drops tokens that cannot be spoken, which also bounds the input of later patterns. */
export function withoutNoise(text: string): string {
  const bounded = rewrite(text, /(?<sign>[^\p{L}\p{N}\s])\k<sign>{5,}/gu, ({ sign = "" }) =>
    sign === "." ? "..." : sign,
  );
  return bounded.replace(unspeakableToken, " ").replace(digest, " ");
}
