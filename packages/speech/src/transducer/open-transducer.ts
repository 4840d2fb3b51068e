import { threadEntry } from "@parley/threads/launch/thread-entry";
import type { RecognizerHost } from "../recognition/recognizer-host";
import { RecognizerThread } from "../recognition/recognizer-thread";
import { EngineLaunch, type OnRemark } from "../runtime/device/engine-launch";
import type { TransducerSettings } from "./transducer-settings";

/** Beyond any wait that a loaded machine causes: half a minute of sound takes under a second. */
const silenceLimitMs = 20_000;
/** A pass over a whole recording with a full-size model is one single step. */
const offlineSilenceLimitMs = 30 * 60_000;

/** A FastConformer transducer in a thread of its own. Rejects with `model-mismatch`. */
export function openTransducer(
  settings: TransducerSettings,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<RecognizerHost> {
  const engine = new EngineLaunch({
    entry: threadEntry(import.meta.url, "./transducer.thread.ts"),
    settings: (usable) => ({ ...settings, providers: usable(settings.providers) }),
    onRemark,
  });
  const limitMs = settings.isOffline ? offlineSilenceLimitMs : silenceLimitMs;
  return RecognizerThread.open({ engine, silenceLimitMs: limitMs }, signal);
}
