import { AppError } from "@parley/shared/errors";
import { greetingIn } from "@parley/shared/protocol/greetings";
import type { EngineHouse } from "@parley/shared/protocol/house-api";
import type { InferenceSpeech } from "./inference-speech";

/** A voice and a language of the house; empty for its own. */
export type SampleOf = { voice: string; language: string };

/** Samples that are kept, about 30 kB each: all of a voice such as Magpie. */
const mostKept = 64;
/** Made at a time: conversations go first. */
const mostAtOnce = 2;

/** The default greeting in the voices and languages of the house, each made once. */
export class VoiceSamples {
  readonly #speech: Pick<InferenceSpeech, "speak">;
  readonly #signal: AbortSignal;
  readonly #kept = new Map<string, Promise<Buffer>>();
  #making = 0;

  /** @param signal aborting it ends those under way */
  constructor(speech: Pick<InferenceSpeech, "speak">, signal: AbortSignal) {
    this.#speech = speech;
    this.#signal = signal;
  }

  /**
   * @returns an MP3 file
   * @throws AppError `invalid-request` for a voice or language that the house lacks,
   *   `too-many-requests` while others are made, and as {@link InferenceSpeech.speak} does
   */
  async sample(
    { voice, language }: SampleOf,
    { speaks, voices, languages }: Pick<EngineHouse, "speaks" | "voices" | "languages">,
  ): Promise<Buffer> {
    refuseUnknown("voice", voice, voices);
    refuseUnknown("language", language, languages);
    const key = [speaks.title, voice, language].join("\n");
    const kept = this.#kept.get(key);
    if (kept !== undefined) return await kept;
    if (this.#making >= mostAtOnce) {
      throw new AppError("too-many-requests", "Other samples are being made.", {
        isRetryable: true,
      });
    }
    const text = greetingIn(language === "" ? (languages[0] ?? "en") : language);
    const making = this.#make({ text, voice, language });
    this.#kept.set(key, making);
    making.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest);
    return await making;
  }

  async #make(order: SampleOf & { text: string }): Promise<Buffer> {
    this.#making++;
    try {
      return await this.#speech.speak(order, this.#signal);
    } finally {
      this.#making--;
    }
  }
}

function refuseUnknown(kind: string, wanted: string, known: readonly string[]): void {
  if (wanted === "" || known.includes(wanted)) return;
  throw new AppError("invalid-request", `${kind}: it is none of those of GET /api/house`);
}
