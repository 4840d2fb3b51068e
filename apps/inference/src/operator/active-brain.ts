import type { ChatModel } from "../contracts/chat-model";
import type { SavedChoice } from "./saved-choice";

export type ActiveBrainOptions = {
  /** What answers, and can be replaced while it does. */
  chatModel: { replace(next: ChatModel): void };
  /** The name of the first one among the models. */
  name: string;
  /** Keeps the choice over restarts. */
  saved: SavedChoice;
};

/** What finds the agents' answers, by its name among the models. */
export class ActiveBrain {
  readonly #options: ActiveBrainOptions;
  #name: string;

  constructor(options: ActiveBrainOptions) {
    this.#options = options;
    this.#name = options.name;
  }

  get name(): string {
    return this.#name;
  }

  /** Replaces the present one; answers have the next from their beginning on. */
  async switchTo(name: string, next: ChatModel): Promise<void> {
    const { chatModel, saved } = this.#options;
    chatModel.replace(next);
    this.#name = name;
    await saved.write(name);
  }
}
