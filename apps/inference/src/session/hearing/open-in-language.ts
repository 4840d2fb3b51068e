import { AppError } from "@parley/shared/errors";
import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";
import type { ConversationLanguage } from "../conversation-language";

/**
 * Opens a stream in the conversation's language, or as the recogniser has it by itself where its model
 * does not know that language: half understood is better than deaf.
 */
export async function openInLanguage(
  recognizer: Recognizer,
  phrases: readonly string[],
  conversation: Pick<ConversationLanguage, "heard" | "refused">,
): Promise<RecognizerStream> {
  const language = conversation.heard;
  if (language === undefined) return await recognizer.open({ phrases });
  try {
    return await recognizer.open({ phrases, language });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "invalid-request") throw error;
    conversation.refused(language);
    return await recognizer.open({ phrases });
  }
}
