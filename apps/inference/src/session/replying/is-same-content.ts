import { isSameUtterance } from "@parley/speech/transcripts/normalized-words";
import type { ReplyContent } from "./reply-clauses";

/**
 * True when a reply to one is a reply to the other: the same conversation, though the recogniser may
 * have settled on other case and punctuation for the same words.
 */
export function isSameContent(one: ReplyContent, other: ReplyContent): boolean {
  if (one.type === "text" || other.type === "text") {
    return one.type === "text" && other.type === "text" && one.text === other.text;
  }
  if (one.request !== other.request) return false;
  return (
    one.messages.length === other.messages.length &&
    one.messages.every(({ role, name, content }, index) => {
      const counterpart = other.messages[index];
      if (counterpart?.role !== role || counterpart.name !== name) return false;
      return role === "user"
        ? isSameUtterance(content, counterpart.content)
        : content === counterpart.content;
    })
  );
}
