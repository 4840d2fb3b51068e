import { z } from "zod";
import type { Tool } from "../../contracts/tool";
import { defineTool, quickMs } from "../define-tool";
import { shownHour } from "../time/shown-time";

/** Limit on one line of an answer, in characters. */
const maxLine = 400;

/** Finds what was said in this room, and in no other. @param homeZone IANA name */
export function searchTranscript(homeZone: string): Tool {
  return defineTool({
    name: "search_transcript",
    title: "Search in the transcript",
    description:
      "Finds what was said or typed earlier in this room, by words. For what you cannot see above.",
    effect: "reads",
    timeoutMs: quickMs,
    parameters: z.object({
      query: z.string().min(1).max(200).describe("a few words that were likely said, or a name"),
    }),
    run: ({ query }, { room }) => {
      const lines = room.search(query);
      if (lines.length === 0) return "Nothing that was said here has these words.";
      return lines
        .map(({ name, text, atMs }) => {
          return `[${shownHour(atMs, homeZone)}] ${name}: ${text.slice(0, maxLine)}`;
        })
        .join("\n");
    },
  });
}
