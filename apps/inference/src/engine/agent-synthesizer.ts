import type { Synthesizer } from "../contracts/synthesizer";
import { FliteSynthesizer } from "../tts/flite-synthesizer";
import type { MagpieEngineSettings } from "../tts/magpie/engine/magpie-engine";
import { MagpieSynthesizer } from "../tts/magpie/synthesizer/magpie-synthesizer";
import type { RemoteSettings } from "../tts/remote/remote-settings";
import { RemoteSynthesizer } from "../tts/remote/remote-synthesizer";

/** Who speaks. */
export type VoiceChoice =
  | { type: "flite" }
  | { type: "magpie"; settings: MagpieEngineSettings }
  | { type: "remote"; settings: RemoteSettings };

/**
 * Rejects with `model-mismatch` when a model cannot run, with `agent-unavailable` or `timeout` when
 * another machine does not answer.
 */
export function openAgentSynthesizer(
  choice: VoiceChoice,
  signal: AbortSignal,
): Promise<Synthesizer> {
  switch (choice.type) {
    case "flite":
      return FliteSynthesizer.open(signal);
    case "magpie":
      return MagpieSynthesizer.open(choice.settings, signal);
    case "remote":
      return RemoteSynthesizer.open(choice.settings, signal);
  }
}
