import { describe, expect, it } from "vitest";
import { defaultSessionSettings as settings } from "../settings";
import { EarlyWords } from "./early-words";

/** Looks that find these texts, one after another. */
function looking(texts: readonly string[]) {
  const waiting = [...texts];
  const agreed: string[] = [];
  const guessed: string[] = [];
  const early = new EarlyWords({
    settings,
    look: () => Promise.resolve(waiting.shift() ?? ""),
    onWords: (text) => agreed.push(text),
    onGuess: (text) => guessed.push(text),
  });
  const lasts = async (toMs: number, fromMs = 32) => {
    for (let speechMs = fromMs; speechMs <= toMs; speechMs += 32) {
      early.continued(speechMs);
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
    }
  };
  return { early, waiting, agreed, guessed, lasts };
}

describe("words read ahead of the stream", () => {
  it("count once two looks agree on them", async () => {
    const { agreed, guessed, lasts } = looking(["way", "way", "Wait,", "Wait,", "Wait, what"]);
    await lasts(320);
    expect(agreed).toEqual(["Wait,"]);
    expect(guessed).toEqual(["way", "Wait,", "Wait, what"]);
  });

  it("of the first moments are guesses alone, whatever looks agree on", async () => {
    const { agreed, guessed, lasts } = looking(["one", "one", "once", "once"]);
    await lasts(256);
    expect(guessed).toEqual(["one", "once"]);
    expect(agreed).toEqual(["once"]);
  });

  it("grow, and are taken back when a look says otherwise", async () => {
    const { agreed, lasts } = looking(["", "no", "no", "no way", "no way", "nice"]);
    await lasts(450);
    expect(agreed).toEqual(["no", "no way", ""]);
  });

  it("are looked for every second window, while the speech is short", async () => {
    const { waiting, lasts } = looking(Array<string>(40).fill("yes"));
    // What is noticed late is there from the first window on.
    await lasts(64);
    expect(waiting).toHaveLength(39);
    await lasts(192, 96);
    expect(waiting).toHaveLength(37);
    await lasts(5_000, 224);
    expect(waiting.length).toBeGreaterThan(20);
  });

  it("of an earlier stretch of speech count for no other", async () => {
    const { early, agreed, lasts } = looking(["", "stop", "", "stop"]);
    await lasts(128);
    early.reset();
    await lasts(160);
    expect(agreed).toEqual([]);
  });
});
