import type { ServerResponse } from "node:http";
import { toOpenAiError } from "../openai-error";
import type { DiarizedSegment } from "./transcription-answers";

/** A transcript as OpenAI's server-sent events. The HTTP head is sent with the first event. */
export class TranscriptEvents {
  readonly #response: ServerResponse;
  readonly #begin: () => void;
  #sent = "";
  #hasBegun = false;

  /** @param begin called before the response is written to */
  constructor(response: ServerResponse, begin: () => void) {
    this.#response = response;
    this.#begin = begin;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Sends the text that was added. Changed words cannot be retracted; `done` has the final ones. */
  text(text: string): void {
    if (text === this.#sent || !text.startsWith(this.#sent)) return;
    this.#send({ type: "transcript.text.delta", delta: text.slice(this.#sent.length) });
    this.#sent = text;
  }

  /** Sends who said what, for `diarized_json`. */
  segments(segments: readonly DiarizedSegment[]): void {
    for (const segment of segments) this.#send(segment);
  }

  /** @param remarks what should be known about the file */
  done(text: string, remarks: readonly string[] = []): void {
    this.text(text);
    const warnings = remarks.length === 0 ? {} : { warnings: remarks };
    this.#send({ type: "transcript.text.done", text, ...warnings });
    this.#response.end();
  }

  fail(error: unknown): void {
    this.#send(toOpenAiError(error).body);
    this.#response.end();
  }

  #send(event: object): void {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      this.#begin();
      this.#response.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache",
      });
    }
    this.#response.write(`data: ${JSON.stringify(event)}\n\n`);
  }
}
