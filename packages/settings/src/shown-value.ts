import { given, type Setting } from "./setting";

const longest = 120;

/**
 * A variable's value for eyes and logs: nothing of a secret, no password of an address, and of a
 * long text its beginning.
 *
 * @returns null where it is unset or empty
 */
export function shownValue({ isSecret }: Setting, written: string | undefined): string | null {
  const text = given(written);
  if (text === undefined) return null;
  if (isSecret) return "(secret)";
  const open = text.replaceAll(/(:\/\/)[^/?#\s]*@/gu, "$1…@");
  return open.length > longest ? `${open.slice(0, longest)}…` : open;
}
