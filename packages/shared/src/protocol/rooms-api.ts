/**
 * Rooms API over HTTP. `POST /api/rooms` creates a room, `GET /api/rooms/:roomId` describes it,
 * `GET /api/rooms/:roomId/transcript?format=txt|json` downloads its transcript, and with
 * `&before=ENTRY` as JSON the page of it that ends there. Errors are `{ error: WireError }` with a
 * matching HTTP status.
 */
import { z } from "zod";
import { entryIdSchema, roomIdSchema } from "./ids";
import { plainLineSchema } from "./plain-text";
import { toolSetNameSchema } from "./tool-use";
import { transcriptEntrySchema } from "./transcript";
import { unixTimeSchema } from "./unix-time";

/** How long the agent waits for somebody to go on: for the impatient, and for who thinks aloud. */
export const patienceSchema = z.enum(["quick", "normal", "patient"]);
export type Patience = z.infer<typeof patienceSchema>;

/** Settings of a room's agent, chosen on creation; each has a default. */
export const agentSettingsSchema = z.object({
  name: plainLineSchema({ least: 1, most: 60 }).default("Parley"),
  instructions: z.string().max(8_000).default(""),
  /** Greeting spoken when the first person joins; empty for none. */
  greeting: z.string().max(500).default("Hello! I am listening."),
  /** A voice of the synthesiser; empty for its default. */
  voice: z.string().max(60).default(""),
  patience: patienceSchema.default("normal"),
  /**
   * What is answered where several people are present: everything, or what is said to the agent and
   * questions that nobody else takes up. Somebody alone is always answered.
   */
  answers: z.enum(["always", "when-addressed"]).default("when-addressed"),
  /** Sets of tools that the agent may use, of those that the operator offers; null for all. */
  tools: z.array(toolSetNameSchema).max(50).nullable().default(null),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;

export const roomCreateRequestSchema = z.object({
  title: plainLineSchema({ least: 0, most: 100 }).default(""),
  agent: agentSettingsSchema.prefault({}),
});
export type RoomCreateRequest = z.infer<typeof roomCreateRequestSchema>;

export const roomDescriptionSchema = z.object({
  roomId: roomIdSchema,
  title: z.string(),
  agentName: z.string(),
  createdAtMs: unixTimeSchema,
  /** Number of people in the room, not counting the agent. */
  memberCount: z.int().nonnegative(),
});
export type RoomDescription = z.infer<typeof roomDescriptionSchema>;

export const transcriptFormatSchema = z.enum(["txt", "json"]);

export const transcriptQuerySchema = z.object({
  format: transcriptFormatSchema.default("txt"),
  /** Entry that follows the page; without it, all entries. */
  before: entryIdSchema.optional(),
  /** Entries of a page. */
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** A transcript as JSON, whole or a page of it. */
export const transcriptPageSchema = z.object({
  roomId: roomIdSchema,
  title: z.string(),
  createdAtMs: unixTimeSchema,
  /** Settled entries, oldest first. */
  entries: z.array(transcriptEntrySchema),
  hasEarlierEntries: z.boolean(),
});
export type TranscriptPage = z.infer<typeof transcriptPageSchema>;
