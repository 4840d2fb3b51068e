import { z } from "zod";

const found = <Kind extends string>(kind: Kind) =>
  z.object({
    kind: z.literal(kind),
    name: z.string().max(200),
    halfPrecision: z.boolean(),
    tellsPlacement: z.boolean(),
  });

/**
 * What a trial of WebGPU found on this machine:
 * - `card`: a graphics processor;
 * - `software`: a Vulkan device that computes on the CPU, slower than the CPU itself;
 * - `none`: nothing that can be used, for a reason that says what to do about it.
 *
 * `halfPrecision`: whether it computes with half-precision numbers (`shader-f16`).
 * `tellsPlacement`: whether a run can be profiled, which tells where its nodes are computed.
 */
export const adapterSchema = z.discriminatedUnion("kind", [
  found("card"),
  found("software"),
  z.object({ kind: z.literal("none"), reason: z.string().max(500) }),
]);
export type Adapter = z.infer<typeof adapterSchema>;
