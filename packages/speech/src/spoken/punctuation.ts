/** Replaces signs that a synthesiser would name or spell by pauses, or drops them. */
export function spokenPunctuation(text: string): string {
  return (
    text
      // A sentence within a sentence: "Go home." and left.
      .replace(/(?<!\.)\.(?=["”'’)]{1,2}\s\p{Ll})/gu, ",")
      .replace(/[\u2018\u2019\u201A\u2032\u00B4\u02BC]/gu, "'")
      .replace(/["\u201C\u201D\u201E\u2033\u00AB\u00BB]/gu, "")
      .replace(/(?<![\p{L}\p{N}])'|'(?![\p{L}\p{N}])(?<!s')/gu, "")
      .replace(/\s*\u2026|\s?\.{2,}/gu, "...")
      // Dashes between words and brackets are pauses.
      .replace(/\s?[—―]\s?|\s[–-]{1,3}\s|(?<=\p{L})--{1,2}(?=\p{L})|(?<=\p{L})–(?=\p{L})/gu, ", ")
      .replace(/\s?[)\]}]{1,9}(?=\s?(?:[.,;:!?]|$))/gu, "")
      .replace(/\s?[([{]\s?|\s?[)\]}]/gu, ", ")
      .replace(/[*_#~^|\\<>`=$]/gu, " ")
      .replace(/(?<![\p{L}\p{N}])[-–+/]{1,5}(?![\p{L}\p{N}])|^\s?-\s?/gu, " ")
  );
}

/** Leaves one space between words, and one of several adjacent marks. */
export function tidied(text: string): string {
  return (
    text
      .replace(/\s+/gu, " ")
      .replace(/ (?=[.,;:!?])/gu, "")
      // "?!" becomes "?", "!!!" becomes "!".
      .replace(/[!?]{2,}/gu, (marks) => (marks.includes("?") ? "?" : "!"))
      .replace(/(?<mark>[,;:])(?: ?[,;:])+/gu, "$1")
      .replace(/[,;:]+(?= ?[.!?])/gu, "")
      .replace(/(?<=[.!?]) ?[,;:]+/gu, "")
      .replace(/(?<=[!?])\.{1,3}|(?<=\.{3})\.+/gu, "")
      .replace(/(?<!\.)\.{2}(?!\.)/gu, ".")
      .replace(/\s+/gu, " ")
      .replace(/^[\s,;:.!?]+/u, "")
      .replace(/[,;:\s]+$/u, (end) => (/[,;:]/u.test(end) ? end.trim().charAt(0) : ""))
      .replace(/(?<=[,;:.!?])(?=\p{L}{2})/gu, " ")
  );
}
