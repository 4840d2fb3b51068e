import { Retiring } from "@parley/shared/async/retiring";
import type { ChatModel, ChatPart, ChatRequest, ChatState } from "../contracts/chat-model";

/**
 * A chat model that is replaced by another while people talk: an answer ends with the one it began
 * with, the next has the new one.
 */
export class SwitchableChatModel implements ChatModel {
  #present: Retiring<ChatModel>;
  readonly #open = new Set<ChatModel>();

  /** @param first closed by this from here on */
  constructor(first: ChatModel) {
    this.#open.add(first);
    this.#present = new Retiring(first);
  }

  get name(): string {
    return this.#present.value.name;
  }

  get usesTools(): boolean {
    return this.#present.value.usesTools ?? false;
  }

  get state(): ChatState | undefined {
    return this.#present.value.state;
  }

  prepare(): void {
    this.#present.value.prepare?.();
  }

  async *reply(request: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const present = this.#present;
    present.enter();
    try {
      yield* present.value.reply(request);
    } finally {
      present.leave();
    }
  }

  /** Answers that begin from now on are this one's. It is closed by this from here on. */
  replace(next: ChatModel): void {
    const old = this.#present;
    this.#open.add(next);
    this.#present = new Retiring(next);
    old.retire();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map(async (model) => model.close?.()));
  }
}
