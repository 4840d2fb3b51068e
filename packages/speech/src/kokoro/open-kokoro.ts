import { threadEntry } from "@parley/threads/launch/thread-entry";
import { SerialQueue } from "@parley/threads/serial-queue";
import { EngineLaunch, type OnRemark } from "../runtime/device/engine-launch";
import { openEngine } from "../runtime/device/open-engine";
import type { KokoroCalls } from "./kokoro-calls";
import type { KokoroSettings } from "./kokoro-settings";
import { KokoroSynthesizer } from "./kokoro-synthesizer";

/** Above the longest step on a slow, busy machine; a thread later than this hangs. */
const silenceLimitMs = 120_000;

/**
 * Rejects with `model-mismatch` when the model cannot run.
 *
 * @param onRemark is told when its device fails later
 */
export async function openKokoro(
  settings: KokoroSettings,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<KokoroSynthesizer> {
  const engine = new EngineLaunch({
    entry: threadEntry(import.meta.url, "./kokoro.thread.ts"),
    settings: (usable) => ({ ...settings, providers: usable(settings.providers) }),
    onRemark,
  });
  const options = { name: "synthesiser", silenceLimitMs };
  const thread = await openEngine<KokoroCalls>(engine, options, signal);
  const description = await thread.call("describe", undefined);
  return new KokoroSynthesizer({ thread, engine, description, queue: new SerialQueue() });
}
