import { z } from "zod";
import { RealtimeError } from "../realtime-error";
import { itemFieldsSchema, maxAudioText } from "./item-fields";
import { responseFieldsSchema, sessionFieldsSchema } from "./session-fields";

const id = z.string().max(512);
const itemId = z.string().min(1).max(64);

/** Input items of one response: those of the conversation are named, others are given. */
const referenceSchema = z.object({ type: z.literal("item_reference"), id: itemId });
const inputSchema = z
  .array(z.discriminatedUnion("type", [referenceSchema, ...itemFieldsSchema.options]))
  .max(500);

const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("session.update"), session: sessionFieldsSchema }),
  z.object({
    type: z.literal("input_audio_buffer.append"),
    audio: z.string().max(maxAudioText),
  }),
  z.object({ type: z.literal("input_audio_buffer.commit") }),
  z.object({ type: z.literal("input_audio_buffer.clear") }),
  z.object({ type: z.literal("output_audio_buffer.clear") }),
  z.object({
    type: z.literal("conversation.item.create"),
    item: itemFieldsSchema,
    previous_item_id: itemId.nullish(),
  }),
  z.object({ type: z.literal("conversation.item.retrieve"), item_id: itemId }),
  z.object({ type: z.literal("conversation.item.delete"), item_id: itemId }),
  z.object({
    type: z.literal("conversation.item.truncate"),
    item_id: itemId,
    content_index: z.int().min(0).max(64),
    audio_end_ms: z.number().min(0).max(86_400_000),
  }),
  z.object({
    type: z.literal("response.create"),
    response: responseFieldsSchema.extend({ input: inputSchema.nullish() }).nullish(),
  }),
  z.object({ type: z.literal("response.cancel"), response_id: id.nullish() }),
]);
export type ClientEvent = z.infer<typeof eventSchema>;
export type ClientEventOf<Type extends ClientEvent["type"]> = Extract<ClientEvent, { type: Type }>;
export type ResponseFields = NonNullable<ClientEventOf<"response.create">["response"]>;
export type InputItem = z.infer<typeof inputSchema>[number];

const eventTypes = new Set<string>(eventSchema.options.map(({ shape }) => shape.type.value));
const envelopeSchema = z.looseObject({ type: z.string().max(200) });
const eventIdSchema = z.object({ event_id: id });

/** @returns the `event_id` that the client gave an event; null without one */
export function eventIdOf(event: unknown): string | null {
  return eventIdSchema.safeParse(event).data?.event_id ?? null;
}

/**
 * Reads one event.
 *
 * @param message as JSON has it, in the present shape of the API
 * @throws RealtimeError or ZodError that names the wrong field
 */
export function readClientEvent(message: unknown): ClientEvent {
  const envelope = envelopeSchema.safeParse(message);
  if (!envelope.success) {
    throw new RealtimeError(
      "missing_required_parameter",
      "An event is an object with a type.",
      "type",
    );
  }
  const { type } = envelope.data;
  if (!eventTypes.has(type)) {
    const message = `There is no event ${JSON.stringify(type)}.`;
    throw new RealtimeError("invalid_value", message, "type");
  }
  return eventSchema.parse(message, { reportInput: true });
}
