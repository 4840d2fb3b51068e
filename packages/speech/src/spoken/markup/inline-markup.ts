import { decodeHTMLStrict } from "entities/decode";
import { rewrite } from "../rewrite";
import { withPlainCharacters } from "./plain-characters";

/** Limit on inline code that is spoken, such as names and commands. */
const longestInlineCode = 60;

/**
 * Removes Markdown and HTML within a line: links, pictures, emphasis, code, tags, entities. Markdown
 * parsers need whole documents, but a clause may end within a link or between two asterisks. So
 * signs are removed wherever they may be markup, closed or not.
 */
export function withoutInlineMarkup(text: string): string {
  // Products and powers, not emphasis: (8-3)*2, 2**3
  const powers = text
    .replace(/(?<=[\d)])\*\*(?=[\d(-])/gu, "^")
    .replace(/(?<=[\d)])\*(?=[\d(])/gu, " × ");
  let plain = rewrite(powers, /`{1,2}(?<code>[^`\n]{1,2000})`{1,2}/gu, ({ code = "" }) =>
    codeWords(code),
  );
  plain = plain
    // Pictures are spoken by their description.
    .replace(
      /!\[(?<words>[^\][]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"]{0,200}")?\)/gu,
      "$1",
    )
    .replace(
      /\[(?<words>[^\][]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s"[^"]{0,200}")?\)/gu,
      "$1",
    )
    .replace(/\[(?<words>[^\][]{1,500})\]\[[^\][]{0,100}\]/gu, "$1")
    // Footnotes and sources: [^1], [3], 【4†source】
    .replace(
      /\s?\[\^[^\][\s]{1,40}\]:?|\s?\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}\]|【[^【】]{0,100}】/gu,
      (mark) => (/†|\d|\^/u.test(mark) ? "" : mark),
    )
    // The rest of a link that began in an earlier clause.
    .replace(/\]\([^()\s]{1,2000}\)/gu, "")
    .replace(/<(?<address>(?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/gu, "$1")
    .replace(/<br\s?\/?>|<\/(?:p|div|li|tr|h[1-6])>/giu, "\n")
    .replace(/<\/?[a-z][^<>\n]{0,500}>/giu, "");
  // Entities may stand for characters without a sound.
  return withPlainCharacters(decodeHTMLStrict(plain))
    .replace(/\\(?<mark>[\\`*_{}[\]()#+\-.!|~>$])/gu, "$1")
    .replace(/(?<![*\w])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![*\w])|\*{2,}/gu, "")
    .replace(/(?<![_\p{L}\p{N}])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![_\p{L}\p{N}])|_{2,}/gu, "")
    .replace(/~~[^~\n]{1,300}~~/gu, "")
    .replace(/~~|==(?=\S)|(?<=\S)==|`/gu, "");
}

function codeWords(code: string): string {
  if (code.length > longestInlineCode) return "";
  return (
    code
      .trim()
      .replace(/\(\s*\)/gu, "")
      .replace(/(?<![\w-])--?(?=[a-z])/giu, "")
      // getUserName
      .replace(/(?<=[a-z])(?=[A-Z][a-z])/gu, " ")
      .replace(/[{}()[\];<>"']/gu, " ")
  );
}
