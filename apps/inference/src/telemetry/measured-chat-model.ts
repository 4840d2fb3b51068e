import type { Clock } from "@parley/shared/async/clock";
import type { ChatModel, ChatPart } from "../contracts/chat-model";
import type { InferenceMetrics } from "./inference-metrics";
import { overlaid } from "./overlaid";

/** Measures a chat model from outside: the wait for its first word, and its failures. */
export function measuredChatModel(
  model: ChatModel,
  metrics: InferenceMetrics,
  clock: Clock,
): ChatModel {
  return overlaid(model, {
    reply: (request) => measuredAnswer(model.reply(request), { metrics, clock }),
  });
}

async function* measuredAnswer(
  answer: AsyncIterable<ChatPart>,
  { metrics, clock }: { metrics: InferenceMetrics; clock: Clock },
): AsyncGenerator<ChatPart, void, void> {
  const askedAtMs = clock.now();
  let isFirstText = true;
  for await (const part of answer) {
    if (part.type === "text-delta" && isFirstText) {
      isFirstText = false;
      metrics.chatFirstText.observe((clock.now() - askedAtMs) / 1_000);
    } else if (part.type === "error") {
      metrics.chatFailures.inc({ reason: part.reason ?? "other" });
    }
    yield part;
  }
}
