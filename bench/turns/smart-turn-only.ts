import type {
  TurnDetector,
  TurnQuestion,
  UtteranceKind,
} from "@parley/inference/contracts/turn-detector";
import type { EndingDetector } from "@parley/speech/contracts/ending-detector";

/** Pipecat's own threshold. */
const threshold = 0.5;

/** Takes a turn for over where Smart Turn does, whatever is said. */
export class SmartTurnOnly implements TurnDetector {
  readonly #sound: EndingDetector;

  constructor(sound: EndingDetector) {
    this.#sound = sound;
  }

  estimate(): Promise<UtteranceKind> {
    return Promise.resolve("row");
  }

  async reconsider(
    { recentAudio }: TurnQuestion,
    kind: UtteranceKind,
    signal: AbortSignal,
  ): Promise<UtteranceKind> {
    const probability = await this.#sound.probability(recentAudio, signal);
    return probability !== null && probability > threshold ? "asked" : kind;
  }
}
