import { z } from "zod";

/** Path at which an inference worker tells its peers about itself. */
export const workerCardPath = "/api/worker";

const name = z.string().max(300);
const names = z.array(name).max(500);

/** What an inference worker says of itself, so that media servers can choose among several. */
export const workerCardSchema = z.object({
  /** Differs for every start of a worker. */
  workerId: z.string().min(1).max(100),
  /** Of the agent link; see `agentLinkProtocol`. */
  protocol: z.int().nonnegative(),
  /** Parley's, for people. */
  version: z.string().max(40),
  /** False while its models load, and while it closes. */
  isReady: z.boolean(),
  /** It takes no more rooms, and will leave. */
  isDraining: z.boolean(),
  /** Display names of what hears, thinks and speaks. */
  models: z.object({ hears: name, thinks: name, speaks: name }),
  voices: names,
  /** BCP 47 tags that its voice speaks; the default first. */
  languages: names,
  /** Rooms that it can serve at once: the operator's limit, or what was measured at warm-up. */
  capacity: z.int().positive(),
  /** Share of its capacity in use, 0 to 1 and beyond. */
  load: z.number().nonnegative(),
  /** Whether the chat server answers; `unknown` before it was asked. */
  chat: z.enum(["answers", "waking", "fails", "unknown"]),
});
export type WorkerCard = z.infer<typeof workerCardSchema>;

/** A worker with its address, such as `ws://10.0.0.7:8080`. */
export const workerLeaseSchema = z.object({ url: z.url(), card: workerCardSchema });
export type WorkerLease = z.infer<typeof workerLeaseSchema>;
