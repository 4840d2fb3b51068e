import type { GraphPlacement } from "../contracts/graph-placement";
import type { ExecutionProvider } from "../runtime/execution-providers";
import { toPcm } from "../synthesis/to-pcm";
import { trimSilence } from "../synthesis/trim-silence";
import type { KokoroStep } from "./kokoro-calls";
import type { KokoroSettings } from "./kokoro-settings";
import { LetterToSound } from "./letters/letter-to-sound";
import { KokoroModel, kokoroRate } from "./model/kokoro-model";
import { TokenIds } from "./model/token-ids";
import { VoiceStyles } from "./model/voice-styles";
import type { Accent } from "./text/accent";
import { EnglishPhonemes } from "./text/english-phonemes";
import { PronunciationLexicon } from "./text/pronunciation-lexicon";

/** As the voices speak by nature. */
const naturalSpeed = 1;
/** The model's own silence, root mean square of 32,768, is below 20. */
const silence = { level: 60, keptBeforeMs: 30, keptAfterMs: 200 };

/** Kokoro on the calling thread: a step of text to sound. */
export class KokoroEngine {
  readonly #model: KokoroModel;
  readonly #tokens: TokenIds;
  readonly #styles: VoiceStyles;
  readonly #phonemes: Readonly<Record<Accent, EnglishPhonemes>>;

  /** @throws AppError `model-mismatch` when a file is missing or does not fit */
  static async open(settings: KokoroSettings): Promise<KokoroEngine> {
    const { model, pronunciation } = settings;
    const tokens = await TokenIds.read(model);
    const styles = await VoiceStyles.open(model);
    const lexicon = await PronunciationLexicon.open(pronunciation);
    const letters = await LetterToSound.open(pronunciation);
    const phonemes = {
      us: new EnglishPhonemes({ lexicon, letters, accent: "us" }),
      gb: new EnglishPhonemes({ lexicon, letters, accent: "gb" }),
    };
    return new KokoroEngine(await KokoroModel.open(settings), { tokens, styles, phonemes });
  }

  private constructor(
    model: KokoroModel,
    parts: {
      tokens: TokenIds;
      styles: VoiceStyles;
      phonemes: Readonly<Record<Accent, EnglishPhonemes>>;
    },
  ) {
    this.#model = model;
    this.#tokens = parts.tokens;
    this.#styles = parts.styles;
    this.#phonemes = parts.phonemes;
  }

  get voices(): readonly string[] {
    return this.#styles.names;
  }

  get remarks(): readonly string[] {
    return this.#model.remarks;
  }

  get runsOn(): ExecutionProvider {
    return this.#model.runsOn;
  }

  get placements(): readonly GraphPlacement[] {
    return this.#model.placements;
  }

  /** @returns 16-bit samples at `kokoroRate`, without the silence around them; a copy */
  async synthesize({ text, voice, accent }: KokoroStep): Promise<Int16Array<ArrayBuffer>> {
    const pieces: Int16Array[] = [];
    for (const ids of this.#tokens.runsOf(this.#phonemes[accent].of(text))) {
      const style = await this.#styles.row(voice, ids.length - 2);
      const samples = toPcm(await this.#model.speak(ids, style, naturalSpeed));
      pieces.push(trimSilence(samples, kokoroRate, silence));
    }
    const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  async close(): Promise<void> {
    await this.#model.close();
  }
}
