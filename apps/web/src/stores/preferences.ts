import { roomIdSchema } from "@parley/shared/protocol/ids";
import { unixTimeSchema } from "@parley/shared/protocol/unix-time";
import type { MicrophoneChoice } from "@parley/client/sound/microphone";
import { z } from "zod";

export const themeSchema = z.enum(["system", "light", "dark"]);

/** Lines that screen readers read out: what people say, the agent's words too, or none. */
export const announcementsSchema = z.enum(["people", "all", "none"]);

/** Key in local storage; public/boot.js reads it as well. */
export const preferencesKey = "parley.preferences";
export const maxRecentRooms = 5;
/** Characters of a room's first words that are kept. */
export const maxFirstWords = 80;

const recentRoomSchema = z.object({
  roomId: roomIdSchema,
  title: z.string(),
  agentName: z.string(),
  visitedAtMs: unixTimeSchema,
  /** What a person said or typed first, shortened; empty while nobody has. */
  firstWords: z.string().catch(""),
});
export type RecentRoom = z.infer<typeof recentRoomSchema>;

/** Preferences of this browser. A field that cannot be read falls back to its default alone. */
export const preferencesSchema = z.object({
  name: z.string().catch(""),
  theme: themeSchema.catch("system"),
  microphoneId: z.string().nullable().catch(null),
  /** Whether the browser takes noise out of the microphone's sound. */
  suppressesNoise: z.boolean().catch(true),
  /** Nothing that is played comes back into the microphone: the browser need not cancel echo. */
  wearsHeadphones: z.boolean().catch(false),
  speakerId: z.string().nullable().catch(null),
  /** Loudness of the agent, 0 to 1. */
  agentVolume: z.number().min(0).max(1).catch(1),
  announcements: announcementsSchema.catch("people"),
  recentRooms: z.array(recentRoomSchema).catch([]),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** The microphone that is preferred, and what the browser does to its sound. */
export function preferredMicrophone(preferences: Preferences): MicrophoneChoice {
  const { microphoneId, suppressesNoise, wearsHeadphones } = preferences;
  return { deviceId: microphoneId, suppressesNoise, cancelsEcho: !wearsHeadphones };
}

/** Preferences from storage; defaults where there are none, or where storage is forbidden. */
export function readPreferences(storage: Pick<Storage, "getItem">): Preferences {
  let json: unknown = {};
  try {
    json = JSON.parse(storage.getItem(preferencesKey) ?? "{}");
  } catch {
    // Unreadable or forbidden: defaults.
  }
  const parsed = preferencesSchema.safeParse(json);
  return parsed.success ? parsed.data : preferencesSchema.parse({});
}
