import { maxMessageCharacters } from "@parley/shared/protocol/room-event";

/**
 * The part of a text that fits into one message, cut between two characters as people see them, and
 * how much was left out, in UTF-16 units.
 */
export function fitMessage(text: string): { text: string; leftOut: number } {
  if (text.length <= maxMessageCharacters) return { text, leftOut: 0 };
  const segments = new Intl.Segmenter().segment(text);
  const end = segments.containing(maxMessageCharacters)?.index ?? maxMessageCharacters;
  return { text: text.slice(0, end), leftOut: text.length - end };
}
