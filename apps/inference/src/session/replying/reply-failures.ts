import type { ChatFailureReason } from "../../contracts/chat-model";
import type { ChatFailures } from "./chat-failures";
import type { ReplyPublisher } from "./reply-publisher";

/** What failed while one reply was made. It is told of when the reply is heard, or lacks words. */
export class ReplyFailures {
  #unreported: Error[] = [];
  #reason: ChatFailureReason | null = null;
  #hasAny = false;

  /** Of the chat model, as far as it failed. */
  get reason(): ChatFailureReason | null {
    return this.#reason;
  }

  /** @param reason null where the chat model did not fail */
  add(error: Error, reason: ChatFailureReason | null): void {
    this.#unreported.push(error);
    this.#reason = reason ?? this.#reason;
    this.#hasAny = true;
  }

  /** Tells of what has not been told of yet. */
  report(publisher: Pick<ReplyPublisher, "error" | "failed">, ofChat: ChatFailures): void {
    for (const error of this.#unreported.splice(0)) publisher.error(error);
    if (this.#reason !== null) ofChat.told(this.#reason);
    if (this.#hasAny) publisher.failed(this.#reason);
  }
}
