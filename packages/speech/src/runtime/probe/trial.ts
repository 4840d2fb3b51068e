import { z } from "zod";

/** What the process of a trial tells: the answer of a small run under WebGPU, and what it has open. */
export const trialSchema = z.union([
  z.object({
    /** Device files of graphics processors, such as `/dev/nvidia0`. */
    devices: z.array(z.string()),
    /** Libraries of Vulkan drivers. */
    drivers: z.array(z.string()),
    /** Whether a run in half precision succeeds, too. */
    halfPrecision: z.boolean(),
    /** Whether a run that is profiled succeeds and tells where it was computed. */
    tellsPlacement: z.boolean(),
  }),
  z.object({ problem: z.string() }),
]);
export type Trial = z.infer<typeof trialSchema>;
