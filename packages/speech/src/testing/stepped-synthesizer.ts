import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";

export type SteppedClause = { text: string; request: SynthesisRequest };

/**
 * Speaks at 22,050 Hz, 100 ms for each character but spaces and emoji, in pieces of 50 ms whose
 * samples are the character's code point.
 */
export class SteppedSynthesizer implements Synthesizer {
  readonly name = "stepped synthesiser";
  readonly voices = ["John", "Sofia", "Aria"];
  readonly languages = ["en", "zh"];
  readonly sampleRate = 22_050;
  readonly clauses: SteppedClause[] = [];
  /** Number of pieces so far. */
  pieces = 0;
  running = 0;
  /** Awaited before each piece. */
  gate: (request: SynthesisRequest) => Promise<void> = () => Promise.resolve();
  onEnd: () => void = () => undefined;

  async *speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    this.running++;
    try {
      for await (const text of request.clauses) {
        this.clauses.push({ text, request });
        yield { type: "clause-start", text };
        for (const character of text.replaceAll(/[\s\p{Extended_Pictographic}]/gu, "")) {
          if (character === "!") throw new Error("the engine broke");
          for (let half = 0; half < 2; half++) {
            await this.gate(request);
            if (request.signal.aborted) return;
            this.pieces++;
            const samples = new Int16Array(1_102 + half).fill(character.codePointAt(0) ?? 0);
            yield { type: "audio", samples };
          }
        }
        yield { type: "clause-end" };
      }
    } catch (error) {
      yield { type: "error", error: error as Error };
    } finally {
      this.running--;
      this.onEnd();
    }
  }

  /** Resolves once no reply is running. */
  async allEnded(): Promise<void> {
    while (this.running > 0) {
      await new Promise<void>((resolve) => {
        this.onEnd = resolve;
      });
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
