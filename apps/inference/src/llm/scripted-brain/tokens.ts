/** @returns lower-case words, numbers and arithmetic signs of a text, spoken or typed */
export function tokensOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("’", "'")
      .match(/\d+(?:[.,]\d+)*|\p{L}[\p{L}']*|[+*×÷/=]|-(?=\s*\d)/gu) ?? []
  );
}
