/** How a model's dictionary and texts are cased before they are compared. */
export type GraphemeCase = "upper" | "lower" | "mixed";

/** Full case mapping, as in Python: one letter may become several ("ß" is "SS"). */
export function toGraphemeCase(text: string, graphemeCase: GraphemeCase): string {
  if (graphemeCase === "upper") return text.toUpperCase();
  return graphemeCase === "lower" ? text.toLowerCase() : text;
}
