/**
 * Longest text synthesised at once. A step cannot be interrupted, so this bounds how long an aborted
 * reply still occupies the engine: about 0.2 s for words, and 0.8 s for figures, each of which is a
 * word.
 */
const maxStepCharacters = 200;

/**
 * Cuts a clause into pieces of bounded length: after punctuation if there is any in the second
 * half, else between words, else anywhere.
 *
 * @param maxCharacters of a piece; Flite's step unless given
 */
export function synthesisSteps(text: string, maxCharacters = maxStepCharacters): string[] {
  const steps: string[] = [];
  let rest = text;
  while (rest.length > maxCharacters) {
    const head = rest.slice(0, maxCharacters);
    const half = maxCharacters / 2;
    const punctuation =
      Math.max(...[",", ";", ":", ".", "!", "?"].map((mark) => head.lastIndexOf(`${mark} `))) + 1;
    const space = head.lastIndexOf(" ");
    const end = punctuation > half ? punctuation : space > 0 ? space : maxCharacters;
    steps.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  if (rest !== "") steps.push(rest);
  return steps;
}
