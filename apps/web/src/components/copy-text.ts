/**
 * Puts text on the clipboard.
 *
 * @returns false where there is none: on pages by plain HTTP, or where the user refuses
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
