import { convert } from "html-to-text";
import type { Page } from "./fetch-page";

/** Limit on the text of a page, in characters: about 1,500 tokens. */
const maxText = 6_000;

/** @returns what people would read of the page, without menus, pictures and addresses */
export function pageText({ text, mediaType }: Page): string {
  const isMarkup = /html|xml/u.test(mediaType);
  const plain = (isMarkup ? readable(text) : text).replaceAll(/\n{3,}/gu, "\n\n").trim();
  if (plain === "") return "The page has no text.";
  return plain.length <= maxText ? plain : `${plain.slice(0, maxText)}\n(The page goes on.)`;
}

function readable(html: string): string {
  const left = ["nav", "header", "footer", "aside", "form", "img", "svg", "button", "noscript"];
  return convert(html, {
    wordwrap: false,
    baseElements: { selectors: ["main", "article", "body"], orderBy: "selectors" },
    limits: { maxBaseElements: 1, maxDepth: 200, maxInputLength: 2_000_000 },
    selectors: [
      { selector: "a", options: { ignoreHref: true } },
      ...["h1", "h2", "h3", "h4"].map((selector) => ({ selector, options: { uppercase: false } })),
      { selector: "table", format: "dataTable" },
      ...left.map((selector) => ({ selector, format: "skip" })),
    ],
  });
}
