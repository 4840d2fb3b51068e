import type { ChatModel, ChatPart, ChatRequest } from "../../contracts/chat-model";
import type { Conversation } from "./conversation";

/** The chat model, whose counts of tokens the conversation learns from. */
export function countedPrompts(
  model: Pick<ChatModel, "reply">,
  conversation: Conversation,
): Pick<ChatModel, "reply"> {
  return {
    reply: (request) => counted(model.reply(request), { request, conversation }),
  };
}

async function* counted(
  answer: AsyncIterable<ChatPart>,
  { request, conversation }: { request: ChatRequest; conversation: Conversation },
): AsyncGenerator<ChatPart, void, void> {
  for await (const part of answer) {
    if (part.type === "finish" && part.promptTokens !== undefined) {
      conversation.promptCounted(request.messages, part.promptTokens);
    }
    yield part;
  }
}
