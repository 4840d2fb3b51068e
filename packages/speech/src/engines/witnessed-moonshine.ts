import { threadEntry } from "@parley/threads/launch/thread-entry";
import type { MoonshineSettings } from "../moonshine/moonshine-settings";
import type { RecognizerHost } from "../recognition/recognizer-host";
import { RecognizerThread } from "../recognition/recognizer-thread";
import { EngineLaunch, type OnRemark } from "../runtime/device/engine-launch";
import type { TransducerSettings } from "../transducer/transducer-settings";

/** Moonshine and the transducer that must have heard a word too. */
export type WitnessedMoonshineSettings = {
  moonshine: MoonshineSettings;
  witness: TransducerSettings;
};

/** Beyond any wait that a loaded machine causes: ten seconds of sound take half a second. */
const silenceLimitMs = 20_000;

/** Both in one thread of their own. Rejects with `model-mismatch`. */
export function openWitnessedMoonshine(
  settings: WitnessedMoonshineSettings,
  signal?: AbortSignal,
  onRemark?: OnRemark,
): Promise<RecognizerHost> {
  const { moonshine, witness } = settings;
  const engine = new EngineLaunch({
    entry: threadEntry(import.meta.url, "./witnessed-moonshine.thread.ts"),
    settings: (usable) => ({
      moonshine: { ...moonshine, providers: usable(moonshine.providers) },
      witness,
    }),
    onRemark,
  });
  return RecognizerThread.open({ engine, silenceLimitMs }, signal);
}
