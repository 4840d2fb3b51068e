import { describe, expect, it } from "vitest";
import { mondayMs, ToolRoomScript } from "../../testing/tool-room";
import { searchTranscript } from "./search-transcript";

function room() {
  const script = new ToolRoomScript();
  const lines = [
    ["Ada", "We want tomatoes in the sunny beds."],
    ["Ben", "Peas climb along the trellis."],
    ["Parley", "Then plant the peas in April."],
  ] as const;
  for (const [index, [name, text]] of lines.entries()) {
    script.memory.add(`line-${index}`, { name, text, atMs: mondayMs + index * 60_000 });
  }
  return script;
}

const tool = searchTranscript("Europe/Berlin");

describe("search_transcript", () => {
  it("finds lines by words, whatever their endings, in order", async () => {
    expect(await room().call(tool, { query: "tomato" })).toBe(
      "[16:03] Ada: We want tomatoes in the sunny beds.",
    );
    expect((await room().call(tool, { query: "peas" })).split("\n")).toEqual([
      "[16:04] Ben: Peas climb along the trellis.",
      "[16:05] Parley: Then plant the peas in April.",
    ]);
  });

  it("finds what a person said by their name", async () => {
    expect(await room().call(tool, { query: "Ben" })).toMatch(/^\[16:04\] Ben/u);
  });

  it("says when there is nothing", async () => {
    expect(await room().call(tool, { query: "zebra" })).toMatch(/^Nothing/u);
  });

  it("keeps the longer form of a turn, and forgets the oldest lines", () => {
    const { memory } = room();
    memory.add("line-0", { name: "Ada", text: "We want tomatoes and basil.", atMs: mondayMs });
    expect(memory.search("basil sunny").map(({ text }) => text)).toEqual([
      "We want tomatoes and basil.",
    ]);
    for (let count = 0; count < 10_000; count++) {
      memory.add(`more-${count}`, { name: "Ada", text: `word${count}`, atMs: mondayMs });
    }
    expect(memory.search("basil")).toEqual([]);
    expect(memory.search("word9999")).toHaveLength(1);
  });
});
