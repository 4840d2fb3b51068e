/** LiveKit's agents for Node with the defaults of their plugin for OpenAI's API. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { readWave } from "@parley/audio/wave/read-wave";
import { expect, it } from "vitest";
import { z } from "zod";
import { openSpeechDoors, recording, sentence } from "../speech-doors";
import { hasLivekit, livekitFolder } from "./livekit-packages";

const speechSchema = z.object({ rate: z.number(), samples: z.number() });
const resultSchema = z.object({
  recognized: z.string(),
  streamed: z.string(),
  spoken: speechSchema,
  faster: speechSchema,
});

async function tryLivekit(url: string): Promise<z.infer<typeof resultSchema>> {
  const script = join(import.meta.dirname, "livekit.mjs");
  const child = spawn(process.execPath, [script, livekitFolder, url], {
    // Before the test's own limit, so that no process stays.
    signal: AbortSignal.timeout(100_000),
  });
  child.on("error", () => undefined);
  const { samples } = readWave(readFileSync(recording));
  child.stdin.end(sampleBytes(samples));
  const [result, complaint] = await Promise.all([
    json(child.stdout).catch(() => null),
    text(child.stderr),
  ]);
  if (result === null) throw new Error(complaint);
  return resultSchema.parse(result);
}

it("hears, streams and speaks", async (context) => {
  if (!hasLivekit()) {
    context.skip("LiveKit's packages are not installed: npm run clients:livekit does that");
    return;
  }
  const doors = await openSpeechDoors();
  try {
    const { recognized, streamed, spoken, faster } = await tryLivekit(doors.url);
    expect(recognized).toBe(sentence);
    expect(streamed).toBe(sentence);
    expect(spoken.rate).toBe(24_000);
    expect(spoken.samples / spoken.rate).toBeGreaterThan(1.5);
    expect(spoken.samples / faster.samples).toBeGreaterThan(1.3);
  } finally {
    await doors.close();
  }
});
