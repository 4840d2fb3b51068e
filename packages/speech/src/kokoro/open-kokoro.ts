import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { restartAtOnce } from "@parley/threads/restart-policy";
import { SerialQueue } from "@parley/threads/serial-queue";
import { ThreadClient } from "@parley/threads/thread-client";
import type { KokoroCalls } from "./kokoro-calls";
import type { KokoroSettings } from "./kokoro-settings";
import { KokoroSynthesizer } from "./kokoro-synthesizer";

/** Above the longest step on a slow, busy machine; a thread later than this hangs. */
const silenceLimitMs = 120_000;

/** Rejects with `model-mismatch` when the model cannot run. */
export async function openKokoro(
  settings: KokoroSettings,
  signal?: AbortSignal,
): Promise<KokoroSynthesizer> {
  const thread = await ThreadClient.open<KokoroCalls>(
    {
      name: "synthesiser",
      launch: launchThread({ entry: threadEntry(import.meta.url, "./kokoro.thread.ts"), settings }),
      restart: restartAtOnce,
      silenceLimitMs,
    },
    signal,
  );
  const description = await thread.call("describe", undefined);
  return new KokoroSynthesizer(thread, description, new SerialQueue());
}
