/**
 * Rooms API over HTTP. `POST /api/rooms` creates a room, `GET /api/rooms/:roomId` describes it,
 * `GET /api/rooms/:roomId/transcript?format=txt|json` downloads its transcript, and with
 * `&before=ENTRY` as JSON the page of it that ends there. For the operator `GET /api/rooms` lists
 * rooms, and `DELETE /api/rooms/:roomId` deletes one. Errors are `{ error: WireError }` with a
 * matching HTTP status.
 */
import { z } from "zod";
import { defaultGreeting } from "./greetings";
import { entryIdSchema, roomIdSchema } from "./ids";
import { plainLineSchema } from "./plain-text";
import { toolSetNameSchema } from "./tool-use";
import { transcriptEntrySchema } from "./transcript";
import { unixTimeSchema } from "./unix-time";

/** How long the agent waits for somebody to go on: for the impatient, and for who thinks aloud. */
export const patienceSchema = z.enum(["quick", "normal", "patient"]);
export type Patience = z.infer<typeof patienceSchema>;

/** What is answered where several people are present. */
export const answersSchema = z.enum(["always", "when-addressed"]);
export type Answers = z.infer<typeof answersSchema>;

/** A language's tag (BCP 47), such as "de" or "pt-BR". */
export const languageTagSchema = z
  .string()
  .max(35)
  .regex(/^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$/u, "is no language tag such as de or pt-BR");

/** Settings of a room's agent, chosen on creation; each has a default. */
export const agentSettingsSchema = z.object({
  name: plainLineSchema({ least: 1, most: 60 })
    .default("Parley")
    .describe("How the agent is called: up to 60 characters on one line; `Parley` unless given."),
  instructions: z.string().max(8_000).default("").describe("What the chat model is told."),
  greeting: z
    .string()
    .max(500)
    .default(defaultGreeting)
    .describe(
      "Spoken when the first person joins, the default one in the agent's language; empty for none.",
    ),
  voice: z
    .string()
    .max(60)
    .default("")
    .describe("One of the voices of `GET /api/house`; empty for the default."),
  language: languageTagSchema
    .or(z.literal(""))
    .default("")
    .describe(
      "What the agent understands and speaks: one of the languages of `GET /api/house`, as a BCP 47 tag such as `de` or `pt-BR`. Empty for the voice's own first one, which also stands in for a language that the voice lacks.",
    ),
  patience: patienceSchema
    .default("normal")
    .describe("How long the agent waits for somebody to go on."),
  answers: answersSchema
    .default("when-addressed")
    .describe(
      "What is answered where several people are present: everything, or what is said to the agent and questions that nobody else takes up. Somebody alone is always answered.",
    ),
  tools: z
    .array(toolSetNameSchema)
    .max(50)
    .nullable()
    .default(null)
    .describe("Sets of tools that the agent may use, of those in `GET /api/house`; null for all."),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;

export const roomCreateRequestSchema = z.object({
  title: plainLineSchema({ least: 0, most: 100 })
    .default("")
    .describe("Up to 100 characters on one line."),
  agent: agentSettingsSchema.prefault({}),
});
export type RoomCreateRequest = z.infer<typeof roomCreateRequestSchema>;

export const roomDescriptionSchema = z.object({
  roomId: roomIdSchema.describe("The room’s key: whoever knows it may join, and read."),
  title: z.string(),
  agentName: z.string(),
  createdAtMs: unixTimeSchema.describe("Unix time in milliseconds."),
  memberCount: z.int().nonnegative().describe("People in the room, not counting the agent."),
});
export type RoomDescription = z.infer<typeof roomDescriptionSchema>;

/** Query of `GET /api/rooms`. */
export const roomListQuerySchema = z.object({
  limit: z.coerce.number<string>().int().min(1).max(500).default(100),
  beforeMs: z.coerce
    .number<string>()
    .int()
    .nonnegative()
    .optional()
    .describe(
      "Only rooms whose `lastWrittenAtMs` is less: that of the last room of the page before.",
    ),
});

export const roomListSchema = z.object({
  rooms: z
    .array(
      roomDescriptionSchema.extend({
        isOpen: z.boolean().describe("False for a room that rests in the archive."),
        lastWrittenAtMs: unixTimeSchema.describe("When its transcript last grew."),
      }),
    )
    .describe("Those that were written to last, the latest first."),
});
export type RoomList = z.infer<typeof roomListSchema>;

export const transcriptFormatSchema = z.enum(["txt", "json"]);

/** Query of `GET /api/rooms/:roomId/transcript`. */
export const transcriptQuerySchema = z.object({
  format: transcriptFormatSchema.default("txt"),
  before: entryIdSchema
    .optional()
    .describe("Entry that follows the page that is asked for; without it, the whole transcript."),
  limit: z.coerce
    .number<string>()
    .int()
    .min(1)
    .max(500)
    .default(100)
    .describe("Most entries of a page."),
});

/** A transcript as JSON, whole or a page of it. */
export const transcriptPageSchema = z.object({
  roomId: roomIdSchema,
  title: z.string(),
  createdAtMs: unixTimeSchema,
  entries: z.array(transcriptEntrySchema).describe("Final entries, oldest first."),
  hasEarlierEntries: z.boolean().describe("Whether there are entries before these."),
});
export type TranscriptPage = z.infer<typeof transcriptPageSchema>;
