import type { PlayedScene } from "../play-scene";
import type { OverlapOutcome, RoomOutcome, TelevisionOutcome } from "./outcome";

/** Words that call the agent, at the beginning of a sentence. */
const call = /\bParley,/;

/** Judges talk between two people. @param lines what they say, in order */
export function judgeRoom(played: PlayedScene, lines: readonly string[]): RoomOutcome {
  const ends = played.said.map(({ parts }) => parts.at(-1)?.toMs ?? 0);
  const answered = new Set(
    repliesAfter(played, played.said[0]?.parts[0]?.fromMs ?? 0).map((atMs) =>
      ends.findLastIndex((endMs) => endMs <= atMs),
    ),
  );
  const calls = lines.map((line) => call.test(line));
  const remarks = calls.filter((isCall) => !isCall).length;
  const callAt = calls.indexOf(true);
  return {
    type: "room",
    remarks,
    answered: [...answered].filter((index) => index >= 0 && calls[index] === false).length,
    isCallAnswered: callAt < 0 ? null : answered.has(callAt),
  };
}

export function judgeOverlap({ said, lines }: PlayedScene): OverlapOutcome {
  const people = new Set(lines.filter(({ text }) => text !== "").map(({ who }) => who));
  return { type: "overlap", linesLost: said.length - people.size };
}

export function judgeTelevision(played: PlayedScene, levelDb: number): TelevisionOutcome {
  const onsetMs = played.said.find(({ who }) => who === "television")?.parts[0]?.fromMs ?? 0;
  const isStoryCut = played.notices.some(
    ({ atMs, notice }) => atMs >= onsetMs && notice.type === "reply-cancel",
  );
  return {
    type: "television",
    levelDb,
    isAnswered: repliesAfter(played, onsetMs).length > 0,
    isStoryCut,
  };
}

/** When replies that begin after that time are first heard. */
function repliesAfter({ heard }: PlayedScene, fromMs: number): number[] {
  const begun = new Map<string, number>();
  for (const span of heard) {
    if (!begun.has(span.replyId)) begun.set(span.replyId, span.fromMs);
  }
  return [...begun.values()].filter((atMs) => atMs >= fromMs);
}
