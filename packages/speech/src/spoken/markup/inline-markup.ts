import { decodeHTMLStrict } from "entities/decode";
import { rewrite } from "../rewrite";
import { withPlainCharacters } from "./plain-characters";

/** Code that stands in a sentence is read when it is short, as a name or a command is. */
const longestInlineCode = 60;

/**
 * Markdown and HTML within a line: links, pictures, emphasis, code, tags, entities. A parser of
 * Markdown wants whole documents; here clauses come, and a clause may end within a link or between
 * two asterisks. So signs go wherever they may be markup, closed or not.
 */
export function withoutInlineMarkup(text: string): string {
  let plain = rewrite(text, /`{1,2}(?<code>[^`\n]{1,2000})`{1,2}/gu, ({ code = "" }) =>
    codeWords(code),
  );
  plain = plain
    // Pictures are looked at; their description is what a narrator would say.
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
    // What is left of a link whose words were cut off.
    .replace(/\]\([^()\s]{1,2000}\)/gu, "")
    .replace(/<(?<address>(?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/gu, "$1")
    .replace(/<br\s?\/?>|<\/(?:p|div|li|tr|h[1-6])>/giu, "\n")
    .replace(/<\/?[a-z][^<>\n]{0,500}>/giu, "");
  // An entity may stand for a character that has no sound.
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
