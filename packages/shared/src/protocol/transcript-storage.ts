import { z } from "zod";

/**
 * Storage of a room's transcript: `kept` on disk; `waiting` in memory for a disk that takes no
 * writes; `incomplete` once lines had to be dropped, for good.
 */
export const transcriptStorageSchema = z.enum(["kept", "waiting", "incomplete"]);
export type TranscriptStorage = z.infer<typeof transcriptStorageSchema>;
