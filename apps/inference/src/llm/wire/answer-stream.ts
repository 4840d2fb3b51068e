import type { Clock } from "@parley/shared/async/clock";
import type { TokenUsage } from "../../contracts/chat-model";
import { ChatFailure } from "../chat-failure";
import { readChatChunk, type ChatChunk } from "./chat-chunk";
import { failureOfConnection, failureWithin } from "./classify-failure";
import { readTokenUsage } from "./token-usage";
import { ServerSentEventReader } from "./server-sent-events";

/** Observers of one answer. */
export type AnswerWatch = {
  clock: Clock;
  /** Something came: a comment, an event, a piece of one; or something is asked again. */
  onLife: () => void;
  /** Nothing is asked of the server until `onLife`. */
  onRest: () => void;
  /** An event that is no JSON was left out. */
  onUnreadable: () => void;
  /** The server counted tokens. */
  onUsage: (usage: TokenUsage) => void;
  /** The request or the answer failed; what came before stands. */
  onFailed: (failure: ChatFailure) => void;
};

/**
 * Wait for `[DONE]`, or for the end, after a finish reason: some servers leave the line open. Longer
 * than any pause between two packets of one answer.
 */
const finishGraceMs = 300;
/** Limit on an answer that came in one piece, in characters. */
const maxWholeAnswer = 2_000_000;

/**
 * The chunks of an answer, whatever form it came in: server-sent events, one JSON object, or a JSON
 * object in each line. It ends at `[DONE]`, at the end of the body, or shortly after a finish reason.
 *
 * @throws ChatFailure for a web page, a fault that the server reports, a connection that breaks off,
 * and a body without any answer
 */
export async function* answerChunks(
  body: ReadableStream<Uint8Array>,
  watch: AnswerWatch,
): AsyncGenerator<ChatChunk, void, void> {
  const reader = body.getReader();
  const pieces = new TextPieces(reader, watch);
  try {
    const first = await pieces.firstText();
    if (first.startsWith("<")) throw new ChatFailure("broken", { detail: `a web page: ${first}` });
    const answers = /^[[{]/u.test(first) ? wholeAnswers(pieces, watch) : events(pieces, watch);
    let hasText = false;
    let isAnswer = false;
    for await (const value of answers) {
      const failure = failureWithin(value);
      if (failure !== null) throw failure;
      const usage = readTokenUsage(value);
      if (usage !== null) watch.onUsage(usage);
      const chunk = readChatChunk(value, hasText);
      if (chunk === null) continue;
      hasText ||= chunk.content !== "";
      isAnswer = true;
      yield chunk;
      if (chunk.finishReason !== null) pieces.endWithin(finishGraceMs);
    }
    if (!isAnswer && !pieces.isDone) {
      throw new ChatFailure("broken", { detail: `no answer in the response: ${first}` });
    }
  } catch (error) {
    throw failureOfConnection(error, true);
  } finally {
    pieces.close();
    // The line may have been left open.
    reader.cancel().catch(() => undefined);
  }
}

/** Values of the events of a stream, up to `[DONE]`. */
async function* events(pieces: TextPieces, watch: AnswerWatch): AsyncGenerator {
  const reader = new ServerSentEventReader();
  for await (const text of pieces) {
    for (const event of text === null ? reader.flush() : reader.push(text)) {
      if (event.type === "comment") continue;
      if (event.lines.join("").trim() === "[DONE]") {
        pieces.isDone = true;
        return;
      }
      const values = eventValues(event.lines);
      if (values.length === 0) watch.onUnreadable();
      yield* values;
    }
  }
}

/** JSON over several lines of one event is one value; else each line may be one. */
function eventValues(lines: readonly string[]): unknown[] {
  const whole = parsed(lines.join("\n"));
  if (whole !== undefined) return [whole];
  return lines.length === 1 ? [] : lines.map(parsed).filter((value) => value !== undefined);
}

/** A JSON body, or JSON line by line. */
async function* wholeAnswers(pieces: TextPieces, watch: AnswerWatch): AsyncGenerator {
  let body = "";
  for await (const text of pieces) {
    body += text ?? "";
    if (body.length > maxWholeAnswer) throw new ChatFailure("broken", { detail: "a huge body" });
  }
  const whole = parsed(body);
  if (whole !== undefined) {
    yield whole;
    return;
  }
  for (const line of body.split("\n").filter((text) => text.trim() !== "")) {
    const value = parsed(line);
    if (value === undefined) watch.onUnreadable();
    else yield value;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Text of a body, piece by piece, then null at its end. */
class TextPieces implements AsyncIterable<string | null> {
  /** The server said that it is done. */
  isDone = false;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #watch: AnswerWatch;
  readonly #decoder = new TextDecoder();
  readonly #ended: Promise<null>;
  #end: () => void = () => undefined;
  #cancelEnd: (() => void) | null = null;
  #first = "";
  #isAtEnd = false;

  constructor(reader: ReadableStreamDefaultReader<Uint8Array>, watch: AnswerWatch) {
    this.#reader = reader;
    this.#watch = watch;
    this.#ended = new Promise((resolve) => {
      this.#end = () => {
        resolve(null);
      };
    });
  }

  /** @returns the beginning of the body, from its first visible character; it is read again */
  async firstText(): Promise<string> {
    while (this.#first.trim() === "" && !this.#isAtEnd) this.#first += (await this.#read()) ?? "";
    return this.#first.trimStart();
  }

  /** Ends the text that soon, if its end does not come by itself. */
  endWithin(ms: number): void {
    this.#cancelEnd ??= this.#watch.clock.schedule(ms, this.#end);
  }

  close(): void {
    this.#cancelEnd?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string | null> {
    yield this.#first;
    while (!this.#isAtEnd) {
      const text = await this.#read();
      if (text !== null) yield text;
    }
    yield null;
  }

  async #read(): Promise<string | null> {
    const read = await Promise.race([this.#reader.read(), this.#ended]);
    if (read === null || read.done) {
      this.#isAtEnd = true;
      return this.#decoder.decode();
    }
    this.#watch.onLife();
    return this.#decoder.decode(read.value, { stream: true });
  }
}
