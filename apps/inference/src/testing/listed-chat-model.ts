import type { ChatModel, ChatPart, ChatRequest } from "../contracts/chat-model";

/** Answers from a list, and remembers what it was asked. */
export class ListedChatModel implements ChatModel {
  readonly name = "listed answers";
  readonly requests: ChatRequest[] = [];
  running = 0;
  readonly #answer: (question: string) => AsyncIterable<string> | Iterable<string>;

  constructor(answer: (question: string) => AsyncIterable<string> | Iterable<string>) {
    this.#answer = answer;
  }

  async *reply(request: ChatRequest): AsyncGenerator<ChatPart> {
    this.requests.push(request);
    this.running++;
    try {
      const answer = this.#answer(request.messages.at(-1)?.content ?? "");
      for await (const text of answer as AsyncIterable<string>) {
        if (request.signal.aborted) return;
        yield { type: "text-delta", text };
      }
      yield { type: "finish" };
    } catch (error) {
      yield { type: "error", error: error as Error };
    } finally {
      this.running--;
    }
  }
}
