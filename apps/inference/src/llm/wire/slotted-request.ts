import { z } from "zod";
import { answerChunks, type AnswerWatch } from "./answer-stream";
import { askServer, type ServerRequest } from "./ask-server";
import type { ChatChunk } from "./chat-chunk";
import { ChatFailure } from "../chat-failure";
import type { ServerSlot, ServerSlots } from "./server-slots";

/** Slots of the server, and whose request it is. */
export type SlotChoice = { slots: ServerSlots; conversation: string | null };

const bodySchema = z.string().transform((text, context): Record<string, unknown> => {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    context.addIssue("no JSON object");
    return z.NEVER;
  }
});

/**
 * Asks a chat server, in a slot of its own where it has any.
 *
 * @returns the chunks of its answer
 * @throws ChatFailure; the signal's reason
 */
export async function chunksOfServer(
  [address, request]: ServerRequest,
  { choice, watch }: { choice: SlotChoice | null; watch: AnswerWatch },
): Promise<AsyncGenerator<ChatChunk, void, void>> {
  const body = choice === null ? undefined : bodySchema.safeParse(request?.body).data;
  if (choice === null || body === undefined) {
    return answerChunks(await askServer([address, request], watch), watch);
  }
  const signal = request?.signal ?? new AbortController().signal;
  const slot = await choice.slots.take(choice.conversation, signal);
  try {
    const headers = new Headers(request?.headers);
    // A connection kept for later and closed then is taken for a client that leaves.
    headers.set("connection", "close");
    const slotted = JSON.stringify({ ...body, id_slot: slot.id, cache_prompt: true });
    const answer = await askServer([address, { ...request, headers, body: slotted }], watch);
    return givingBack(slot, answerChunks(answer, watch), signal);
  } catch (error) {
    // The server refused, or is not there: it has nothing to clean up.
    if (error instanceof ChatFailure) slot.settle();
    slot.giveBack();
    throw error;
  }
}

/** The chunks; the slot is given back after the last, or when nobody wants more. */
async function* givingBack(
  slot: ServerSlot,
  chunks: AsyncGenerator<ChatChunk, void, void>,
  signal: AbortSignal,
): AsyncGenerator<ChatChunk, void, void> {
  const giveBack = () => {
    slot.giveBack();
  };
  // Whoever leaves may never read on: the end of reading alone would not give it back.
  signal.addEventListener("abort", giveBack, { once: true });
  try {
    for await (const chunk of chunks) {
      if (chunk.finishReason !== null) slot.settle();
      yield chunk;
    }
    slot.settle();
  } finally {
    signal.removeEventListener("abort", giveBack);
    giveBack();
  }
}
