import { z } from "zod";
import { unsupported } from "./unsupported";

const maxText = 100_000;
/** OpenAI's limit on one piece of sound: 15 MiB, in base64. */
export const maxAudioText = 20 * 1_024 * 1_024;

const id = z.string().min(1).max(64);
const text = z.string().max(maxText);

const contentTypes = [
  "input_text",
  "input_audio",
  "output_text",
  "output_audio",
  "text",
  "audio",
] as const;
const noImages = "Chat models are given text here: describe the image.";

const contentTypeSchema = z
  .string()
  .superRefine((type, context) => {
    if (type === "input_image") unsupported(noImages)(type, context);
  })
  .pipe(z.enum(contentTypes));

const contentSchema = z.object({
  type: contentTypeSchema,
  text: text.nullish(),
  transcript: text.nullish(),
  audio: z.string().max(maxAudioText).nullish(),
});
export type ItemContentFields = z.infer<typeof contentSchema>;

const statusSchema = z.enum(["completed", "incomplete", "in_progress"]).optional();

/** Items that a client may put into the conversation. */
export const itemFieldsSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message"),
    id: id.nullish(),
    role: z.enum(["user", "assistant", "system"]),
    content: z.array(contentSchema).min(1).max(64),
    status: statusSchema,
  }),
  z.object({
    type: z.literal("function_call"),
    id: id.nullish(),
    call_id: id.nullish(),
    name: z.string().max(64),
    arguments: text,
    status: statusSchema,
  }),
  z.object({
    type: z.literal("function_call_output"),
    id: id.nullish(),
    call_id: id,
    output: text,
    status: statusSchema,
  }),
]);
export type ItemFields = z.infer<typeof itemFieldsSchema>;

/** An item of the conversation as clients see it. */
export type RealtimeItem = { id: string; object: "realtime.item"; status: ItemStatus } & (
  | { type: "message"; role: "user" | "assistant" | "system"; content: ItemContent[] }
  | { type: "function_call"; call_id: string; name: string; arguments: string }
  | { type: "function_call_output"; call_id: string; output: string }
);
export type ItemStatus = "completed" | "incomplete" | "in_progress";

export type ItemContent =
  | { type: "input_text"; text: string }
  | { type: "input_audio"; transcript: string | null }
  | { type: "output_text"; text: string }
  | { type: "output_audio"; transcript: string };
