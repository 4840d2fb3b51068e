import type { Synthesizer } from "../contracts/synthesizer";
import { FliteSynthesizer } from "../flite/flite-synthesizer";
import type { KokoroSettings } from "../kokoro/kokoro-settings";
import { openKokoro } from "../kokoro/open-kokoro";
import type { MagpieEngineSettings } from "../magpie/engine/magpie-engine";
import { MagpieSynthesizer } from "../magpie/synthesizer/magpie-synthesizer";
import type { RemoteSettings } from "../remote/remote-settings";
import { RemoteSynthesizer } from "../remote/remote-synthesizer";
import type { OnRemark } from "../runtime/device/engine-launch";
import { toSpoken } from "../spoken/to-spoken";

/** Touches every rule of spoken text: its patterns are compiled in the first two runs. */
const rehearsal =
  "On Monday, 3 of 12 boxes (about 1.5 kg) cost $5; code 4821, 10-4=6, e.g. at 9:30.";

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
export async function openSynthesizer(
  choice: VoiceChoice,
  signal: AbortSignal,
  onRemark?: OnRemark,
): Promise<Synthesizer> {
  const synthesizer = await open(choice, signal, onRemark);
  const language = synthesizer.languages?.[0] ?? "en";
  for (let run = 0; run < 2; run++) toSpoken(rehearsal, { language });
  return synthesizer;
}

function open(choice: VoiceChoice, signal: AbortSignal, onRemark?: OnRemark): Promise<Synthesizer> {
  switch (choice.type) {
    case "flite":
      return FliteSynthesizer.open(signal);
    case "kokoro":
      return openKokoro(choice.settings, signal, onRemark);
    case "magpie":
      return MagpieSynthesizer.open(choice.settings, signal, onRemark);
    case "remote":
      return RemoteSynthesizer.open(choice.settings, signal);
  }
}
