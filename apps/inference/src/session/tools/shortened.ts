/** @returns the text with at most so many characters, its end left out where it is longer */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}
