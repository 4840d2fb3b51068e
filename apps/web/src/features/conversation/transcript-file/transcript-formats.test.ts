import { expect, it } from "vitest";
import { sampleEntry } from "@parley/client/testing/room-samples";
import { transcriptFileName, transcriptFormats, type TranscriptFormat } from "./transcript-formats";

const at = (day: number, minute: number) => new Date(2026, 10, day, 19, minute, 5).getTime();
const entry = (startedAtMs: number, name: string, text: string, more = {}) => ({
  ...sampleEntry("turn", { text, isFinal: true, startedAtMs, name }),
  ...more,
});
const transcript = {
  title: "Planning: beans & peas",
  entries: [
    entry(at(28, 1), "Ada", "Shall we begin?"),
    entry(at(28, 2), "Parley", "With pleasure, let us", { kind: "reply", isInterrupted: true }),
    entry(
      at(29, 3),
      "Mal: x",
      "hi\n\n[19:09:00] Ada: I *owe* <b>you</b>\n1\n00:00:01 --> 00:00:02",
      {
        kind: "message",
      },
    ),
  ],
};

function write(ending: TranscriptFormat["ending"]): string {
  const format = transcriptFormats.find((candidate) => candidate.ending === ending);
  return format?.write(transcript) ?? "";
}

it("text has days, times and marks, and no line of one is taken for another's", () => {
  expect(write("txt")).toBe(
    [
      "Planning: beans & peas",
      "",
      "2026-11-28",
      "",
      "[19:01:05] Ada: Shall we begin?",
      "[19:02:05] Parley: With pleasure, let us [cut short]",
      "",
      "2026-11-29",
      "",
      "[19:03:05] “Mal: x” (typed): hi",
      "    ",
      "    [19:09:00] Ada: I *owe* <b>you</b>",
      "    1",
      "    00:00:01 --> 00:00:02",
      "",
    ].join("\n"),
  );
});

it("Markdown quotes what was said and escapes its markup", () => {
  const markdown = write("md");
  expect(markdown).toContain("# Planning: beans \\& peas\n\n## 2026-11-28\n\n**Ada**, 19:01:05\n");
  expect(markdown).toContain("\n> With pleasure, let us _(cut short)_\n");
  expect(markdown).toContain("> \\[19:09:00\\] Ada: I \\*owe\\* \\<b\\>you\\</b\\>\\\n");
  const outside = markdown
    .split("\n")
    .filter((line) => line.includes("Ada") && !line.startsWith("> "));
  expect(outside).toEqual(["**Ada**, 19:01:05"]);
});

it("subtitles have as many cues as there are entries", () => {
  const subRip = write("srt");
  expect(subRip).toMatch(
    /^1\n00:00:00,000 --> 00:00:01,000\nAda: Shall we begin\?\n\n2\n00:01:00,/,
  );
  expect(subRip.match(/-->/g)).toHaveLength(3);
  expect(subRip.trimEnd().split("\n\n")).toHaveLength(3);
  const webVtt = write("vtt");
  expect(webVtt).toMatch(
    /^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.000\n<v Ada>Shall we begin\?<\/v>\n/,
  );
  expect(webVtt).toContain("&lt;b&gt;you&lt;/b&gt;");
  expect(webVtt.match(/ --> /g)).toHaveLength(3);
});

it("JSON has everything, with dates", () => {
  const data: unknown = JSON.parse(write("json"));
  expect(data).toMatchObject({
    title: transcript.title,
    entries: [
      { at: new Date(at(28, 1)).toISOString(), name: "Ada", kind: "turn" },
      { isInterrupted: true },
      { name: "Mal: x", kind: "message", text: transcript.entries[2]?.text },
    ],
  });
});

it("files are named after the room and the day", () => {
  expect(transcriptFileName(transcript, "txt")).toBe("planning-beans-peas-2026-11-28.txt");
  const odd = { title: "../../Größe 你好", entries: [] };
  expect(transcriptFileName(odd, "md")).toBe("größe-你好.md");
  expect(transcriptFileName({ title: "…", entries: [] }, "srt")).toBe("transcript.srt");
});
