import type { ChatModel, ChatPart, ChatRequest } from "../contracts/chat-model";

type Pieces = AsyncIterable<string | ChatPart> | Iterable<string | ChatPart>;

/** Answer of a `ListedChatModel`: texts, or other parts of an answer. */
export type ListedAnswer = (question: string, request: ChatRequest) => Pieces;

/** Answers from a list, and remembers what it was asked. */
export class ListedChatModel implements ChatModel {
  readonly name = "listed answers";
  readonly usesTools = true;
  readonly requests: ChatRequest[] = [];
  running = 0;
  /** Times that it was told that somebody speaks. */
  prepared = 0;
  readonly #answer: ListedAnswer;

  constructor(answer: ListedAnswer) {
    this.#answer = answer;
  }

  prepare(): void {
    this.prepared++;
  }

  async *reply(request: ChatRequest): AsyncGenerator<ChatPart> {
    this.requests.push(request);
    this.running++;
    try {
      const answer = this.#answer(request.messages.at(-1)?.content ?? "", request);
      for await (const piece of answer as AsyncIterable<string | ChatPart>) {
        if (request.signal.aborted) return;
        const part: ChatPart =
          typeof piece === "string" ? { type: "text-delta", text: piece } : piece;
        yield part;
        if (part.type === "error") return;
      }
      yield { type: "finish" };
    } catch (error) {
      yield { type: "error", error: error as Error };
    } finally {
      this.running--;
    }
  }
}
