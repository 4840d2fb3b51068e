import { childController } from "@parley/shared/async/abort";
import { TokenBudget } from "./token-budget";

/** Limit on one reply: once its tokens are used up, the chat request ends, and what was made stays. */
export class ReplyLimit {
  readonly #options: ReplyLimitOptions;
  readonly #chat: AbortController;
  #budget: TokenBudget;

  constructor(options: ReplyLimitOptions) {
    this.#options = options;
    this.#chat = childController(options.signal);
    this.#budget = new TokenBudget(options.maxTokens);
  }

  /** Of the chat request. */
  get chatSignal(): AbortSignal {
    return this.#chat.signal;
  }

  get budget(): TokenBudget {
    return this.#budget;
  }

  /** @returns false for a call of a tool that there are no tokens for: the reply ends before it */
  readonly mayCall = (characters: number): boolean => {
    const isWithin = this.#budget.takeCall(characters);
    if (!isWithin) this.onSpent();
    return isWithin;
  };

  /** The budget is used up. */
  readonly onSpent = (): void => {
    this.#options.onSpent();
    this.#chat.abort();
  };

  /** What was made so far is thrown away: the tokens are there again. */
  renew(): void {
    this.#budget = new TokenBudget(this.#options.maxTokens);
  }
}

type ReplyLimitOptions = {
  /** Null for no limit. */
  maxTokens: number | null;
  /** Aborting it ends the chat request, too. */
  signal: AbortSignal;
  onSpent: () => void;
};
