import type { ChatFailureReason } from "../../contracts/chat-model";
import type { AgentPhrases } from "../words/agent-phrases";

/** Failures of the chat model in one room: people hear one apology, not one at each turn. */
export class ChatFailures {
  readonly #onChanged: (reason: ChatFailureReason | null) => void;
  #told: ChatFailureReason | null = null;

  /** @param onChanged told of the failure that lasts, null when answers come again */
  constructor(onChanged: (reason: ChatFailureReason | null) => void) {
    this.#onChanged = onChanged;
  }

  /** @returns the sentence for a failure @param hasBegun some of the answer came */
  sentence(reason: ChatFailureReason, hasBegun: boolean, phrases: AgentPhrases): string {
    if (hasBegun) return phrases.brokeOff;
    return this.#told === reason ? phrases.stillFailing : phrases.failed[reason];
  }

  /** The floor was given to a reply that failed. */
  told(reason: ChatFailureReason): void {
    if (this.#told === reason) return;
    this.#told = reason;
    this.#onChanged(reason);
  }

  /** A reply held an answer. */
  recovered(): void {
    if (this.#told === null) return;
    this.#told = null;
    this.#onChanged(null);
  }
}
