import type { TokenUsage } from "../../contracts/chat-model";
import type { AnswerWatch } from "./answer-stream";
import type { ChatChunk } from "./chat-chunk";
import type { ContinuedRequest } from "./continued-request";
import { RepeatedBeginning } from "./repeated-beginning";
import { TornText } from "./torn-text";

/** Sizes of the pieces that an answer is asked for in. */
export type PieceSizes = {
  /** Tokens of the first piece: enough for a clause, so that the voice can begin. */
  firstTokens: number;
  /** Tokens of each later piece. */
  laterTokens: number;
};

export type Pieces = PieceSizes & {
  /**
   * Resolves once the consumer has used up the answer so far; rejects on an abort.
   *
   * @param characters length of the answer so far
   */
  whenWanted: (characters: number, signal: AbortSignal) => Promise<void>;
  /** The server is asked to go on with what it wrote. */
  onContinued: () => void;
};

type Chunks = AsyncIterable<ChatChunk>;

type PiecewiseOptions = {
  pieces: Pieces;
  request: ContinuedRequest;
  ask: (body: string) => Promise<Chunks>;
  watch: AnswerWatch;
  signal: AbortSignal;
};

/**
 * An answer in pieces of so many tokens, each asked for once the consumer wants it, so that a server
 * which shares its graphics card with the voice rests while that is at work. Its chunks are those of
 * an answer in one piece. What a joint would tear, a tool's call or reasoning, is asked for again
 * from where it began, and without a limit.
 *
 * @param first the answer to `request.body("", firstTokens)`
 * @throws ChatFailure; the signal's reason
 */
export async function* piecewiseAnswer(
  first: Chunks,
  { pieces, request, ask, watch, signal }: PiecewiseOptions,
): AsyncGenerator<ChatChunk, void, void> {
  let chunks = first;
  let written = "";
  let limit: number | null = pieces.firstTokens;
  for (;;) {
    const piece: TornText | null = limit === null ? null : new TornText();
    const isCut = yield* passedOn(chunks, { written, piece });
    if (piece === null || limit === null || !isCut || request.tokensLeft <= limit) {
      yield* piece?.end() ?? [];
      return;
    }
    request.tokensLeft -= limit;
    written += piece.passedOn;
    limit = piece.isIndivisible || piece.passedOn === "" ? null : pieces.laterTokens;
    // What has to come in one piece is nothing to be heard yet.
    if (limit !== null) {
      watch.onRest();
      await pieces.whenWanted(written.length, signal);
    }
    watch.onLife();
    if (written !== "") pieces.onContinued();
    chunks = await ask(request.body(written, limit));
  }
}

/** @returns whether its length ended it */
async function* passedOn(
  chunks: Chunks,
  { written, piece }: { written: string; piece: TornText | null },
): AsyncGenerator<ChatChunk, boolean, void> {
  const beginning = new RepeatedBeginning(written);
  const passOn = (chunk: ChatChunk) => piece?.push(chunk) ?? [chunk];
  let isCut = false;
  for await (const chunk of chunks) {
    isCut ||= chunk.finishReason === "length";
    const content = beginning.push(chunk.content);
    yield* passOn({ ...chunk, content, finishReason: null });
  }
  const content = beginning.flush();
  if (content !== "") {
    yield* passOn({ content, reasoning: "", toolCalls: [], finishReason: null });
  }
  return isCut;
}

/**
 * The prompt is counted once, the answer's tokens in all pieces: what a later piece has before it, the
 * server had in its cache.
 */
export function countedInAll(watch: AnswerWatch): AnswerWatch {
  let sum: TokenUsage | null = null;
  return {
    ...watch,
    onUsage: (usage) => {
      const outputTokens: number = (sum?.outputTokens ?? 0) + usage.outputTokens;
      sum = { ...(sum ?? usage), outputTokens };
      watch.onUsage(sum);
    },
  };
}
