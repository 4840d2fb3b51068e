/**
 * Rooms over HTTP. `POST /api/rooms` makes one, `GET /api/rooms/:roomId` describes it,
 * `GET /api/rooms/:roomId/transcript?format=txt|json` hands out what was said. Errors are
 * `{ error: WireError }` with a matching HTTP status.
 */
import { z } from "zod";
import { roomIdSchema } from "./ids";

/** How the room's maker wants the agent to be; everything has a default. */
export const agentSettingsSchema = z.object({
  name: z.string().trim().min(1).max(60).default("Parley"),
  instructions: z.string().max(8_000).default(""),
  /** Said when the first person arrives; empty for none. */
  greeting: z.string().max(500).default("Hello! I am listening."),
  /** A voice of the synthesiser; empty for its default. */
  voice: z.string().max(60).default(""),
});
export type AgentSettings = z.infer<typeof agentSettingsSchema>;

export const roomCreateRequestSchema = z.object({
  title: z.string().trim().max(100).default(""),
  agent: agentSettingsSchema.prefault({}),
});
export type RoomCreateRequest = z.infer<typeof roomCreateRequestSchema>;

export const roomDescriptionSchema = z.object({
  roomId: roomIdSchema,
  title: z.string(),
  agentName: z.string(),
  createdAtMs: z.number(),
  /** People present now, the agent not counted. */
  memberCount: z.int().nonnegative(),
});
export type RoomDescription = z.infer<typeof roomDescriptionSchema>;

export const transcriptFormatSchema = z.enum(["txt", "json"]);
