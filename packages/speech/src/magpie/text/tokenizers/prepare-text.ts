/**
 * Text with its characters in one spelling (NeMo's `english_text_preprocessing` for en-US, else
 * `any_locale_text_preprocessing`). English loses its accents.
 */
export function prepareText(text: string, locale: string | null): string {
  if (locale !== "en-US") return text.normalize("NFC").replaceAll("\u2019", "'");
  return text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .replaceAll("\u2019", "'")
    .replace(/[\u201c\u201d]/g, '"');
}
