import { rewrite } from "../rewrite";

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  deg: "°",
  times: "×",
  euro: "€",
  pound: "£",
  rarr: "→",
  copy: "©",
};
/** Code that stands in a sentence is read when it is short, as a name or a command is. */
const longestInlineCode = 60;

/** Markdown and HTML within a line: links, pictures, emphasis, code, tags, entities. */
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
  plain = rewrite(plain, /&(?<name>[a-z]{2,6}|#\d{2,6}|#x[\da-f]{2,6});/giu, ({ name = "" }) =>
    entity(name),
  );
  return plain
    .replace(/\\(?<mark>[\\`*_{}[\]()#+\-.!|~>$])/gu, "$1")
    .replace(/(?<![*\w])\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}(?![*\w])|\*{2,}/gu, "")
    .replace(/(?<![_\p{L}\p{N}])_{1,3}(?=[^\s_])|(?<=[^\s_])_{1,3}(?![_\p{L}\p{N}])|_{2,}/gu, "")
    .replace(/~~[^~\n]{1,300}~~/gu, "")
    .replace(/~~|==(?=\S)|(?<=\S)==|`/gu, "");
}

function entity(name: string): string | null {
  if (!name.startsWith("#")) return entities[name.toLowerCase()] ?? null;
  const isHex = /^#x/iu.test(name);
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return code > 0x10_ff_ff ? "" : String.fromCodePoint(code);
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
