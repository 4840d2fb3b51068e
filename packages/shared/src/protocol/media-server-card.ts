import { z } from "zod";
import { roomDescriptionSchema } from "./rooms-api";

/**
 * Version of what media servers tell each other through NATS, raised with every incompatible change.
 * Neighbours are understood, so that servers can be replaced one after another.
 */
export const fleetProtocol = 1;

/** What a media server says of itself to the others. */
export const mediaServerCardSchema = z.object({
  /** Differs for every start of a server. */
  serverId: z.string().min(1).max(100),
  protocol: z
    .int()
    .refine((other) => Math.abs(other - fleetProtocol) <= 1, "a protocol of a version far away"),
  /** Where browsers reach this very server, or other media servers where they pass browsers on. */
  address: z.url(),
  /** It takes no more rooms, and will leave. */
  isDraining: z.boolean(),
  /** Rooms that are open there. */
  rooms: z.int().nonnegative(),
});
export type MediaServerCard = z.infer<typeof mediaServerCardSchema>;

/** Who has a room. */
export const roomHolderSchema = mediaServerCardSchema.pick({ serverId: true, address: true });
export type RoomHolder = z.infer<typeof roomHolderSchema>;

/** What a media server answers that is asked for one of its rooms. */
export const roomInquirySchema = z.discriminatedUnion("state", [
  z.object({ state: z.literal("open"), room: roomDescriptionSchema }),
  /** Its key is being written: the server that is asked will have it, unless another was quicker. */
  z.object({ state: z.literal("opening") }),
  /** It is on its way to another server, once its last lines are stored. */
  z.object({ state: z.literal("closing") }),
  z.object({ state: z.literal("unknown") }),
]);
export type RoomInquiry = z.infer<typeof roomInquirySchema>;
