import { z } from "zod";

/**
 * What a trial of WebGPU found on this machine:
 * - `card`: a graphics processor;
 * - `software`: a Vulkan device that computes on the CPU, slower than the CPU itself;
 * - `none`: nothing that can be used, for a reason that says what to do about it.
 */
export const adapterSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("card"), name: z.string().max(200) }),
  z.object({ kind: z.literal("software"), name: z.string().max(200) }),
  z.object({ kind: z.literal("none"), reason: z.string().max(500) }),
]);
export type Adapter = z.infer<typeof adapterSchema>;
