/** `GET /api/embed` tells a page of others whether it may embed the talk button and join rooms. */
import { z } from "zod";

export const embedAccessSchema = z.object({
  /** The page's origin, as its browser says; null for Parley's own pages and for programs. */
  origin: z.string().nullable(),
  isAllowed: z.boolean(),
});
export type EmbedAccess = z.infer<typeof embedAccessSchema>;
