/**
 * Decodes UTF-8 as the SentencePiece library does: each byte that is not part of a character
 * becomes U+FFFD.
 */
export function bytesToText(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    text += character?.text ?? "\ufffd";
    at += character?.length ?? 1;
  }
  return text;
}

/** Number of bytes at the end that may be the start of a character: at most three. */
export function unfinishedBytes(bytes: readonly number[]): number {
  for (let count = Math.min(3, bytes.length); count > 0; count--) {
    if (mayBecomeCharacter(bytes.slice(-count))) return count;
  }
  return 0;
}

function characterAt(
  bytes: readonly number[],
  start: number,
): { text: string; length: number } | null {
  for (let length = 1; length <= 4; length++) {
    const text = decode(bytes.slice(start, start + length), false);
    if (text !== null) return { text, length };
  }
  return null;
}

function mayBecomeCharacter(bytes: readonly number[]): boolean {
  return decode(bytes, true) === "";
}

/** The text, or null when the bytes are not UTF-8. @param isOpen whether more bytes may follow */
function decode(bytes: readonly number[], isOpen: boolean): string | null {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    return decoder.decode(Uint8Array.from(bytes), { stream: isOpen });
  } catch {
    return null;
  }
}
