import type { Synthesizer } from "../contracts/synthesizer";
import { FliteSynthesizer } from "../flite/flite-synthesizer";
import type { KokoroSettings } from "../kokoro/kokoro-settings";
import { openKokoro } from "../kokoro/open-kokoro";
import type { MagpieEngineSettings } from "../magpie/engine/magpie-engine";
import { MagpieSynthesizer } from "../magpie/synthesizer/magpie-synthesizer";
import type { RemoteSettings } from "../remote/remote-settings";
import { RemoteSynthesizer } from "../remote/remote-synthesizer";

/** Who speaks. */
export type VoiceChoice =
  | { type: "flite" }
  | { type: "kokoro"; settings: KokoroSettings }
  | { type: "magpie"; settings: MagpieEngineSettings }
  | { type: "remote"; settings: RemoteSettings };

/**
 * Rejects with `model-mismatch` when a model cannot run, with `agent-unavailable` or `timeout` when
 * another machine does not answer.
 */
export function openSynthesizer(choice: VoiceChoice, signal: AbortSignal): Promise<Synthesizer> {
  switch (choice.type) {
    case "flite":
      return FliteSynthesizer.open(signal);
    case "kokoro":
      return openKokoro(choice.settings, signal);
    case "magpie":
      return MagpieSynthesizer.open(choice.settings, signal);
    case "remote":
      return RemoteSynthesizer.open(choice.settings, signal);
  }
}
