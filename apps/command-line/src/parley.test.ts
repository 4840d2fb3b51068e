import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { openRecognizer } from "@parley/speech/engines/open-recognizer";
import { CommandHarness } from "./testing/command-harness";

const recorded = z
  .record(
    z.string(),
    z.object({ R1: z.object({ text: z.string(), tokens: z.array(z.tuple([z.int(), z.int()])) }) }),
  )
  .parse(
    JSON.parse(
      readFileSync(
        new URL("../../../packages/speech/src/transducer/fixtures/tokens.json", import.meta.url),
        "utf8",
      ),
    ),
  );

const documentSchema = z.object({
  text: z.string(),
  tokens: z.array(z.int()),
  frames: z.array(z.int()),
  words: z.array(z.object({ text: z.string(), start: z.number(), end: z.number() })),
  duration: z.number(),
});

describe("the transducer that ships with Parley", () => {
  it("recognises the recordings as its references do, with the words' times", async () => {
    const harness = new CommandHarness();
    harness.parts = { openRecognizer };
    const names = ["time_slt", "silence2"];
    const files = names.map((name) =>
      fileURLToPath(
        new URL(
          `../../../packages/speech/src/transducer/fixtures/audio/${name}.wav`,
          import.meta.url,
        ),
      ),
    );
    const engine = ["--model", "builtin", "--right-context", "1", "--threads", "1"];
    const words = ["transcribe", "--json", ...engine, ...files];
    expect(await harness.run(...words)).toBe(0);
    const documents = harness.output.text
      .trimEnd()
      .split("\n")
      .map((line) => documentSchema.parse(JSON.parse(line)));
    for (const [index, name] of names.entries()) {
      const { text, tokens = [] } = recorded[name]?.R1 ?? {};
      expect(documents[index]).toMatchObject({
        text,
        tokens: tokens.map(([id]) => id),
        frames: tokens.map(([, frame]) => frame),
      });
    }
    const spoken = documents[0]?.words ?? [];
    expect(spoken.map(({ text }) => text)).toEqual(["what", "time", "is", "it"]);
    expect(spoken[0]).toMatchObject({ start: 0.48 });
  });
});
