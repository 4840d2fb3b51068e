import { z } from "zod";

/**
 * Storage of a room's transcript: `kept` on disk or in a database; `waiting` in memory for one that
 * takes no writes; `incomplete` once lines had to be dropped, for good.
 */
export const transcriptStorageSchema = z.enum(["kept", "waiting", "incomplete"]);
export type TranscriptStorage = z.infer<typeof transcriptStorageSchema>;
