import { z } from "zod";

/** What a model is there for. */
export const modelJobSchema = z.enum(["hear", "speak", "think", "take-turns"]);
export type ModelJob = z.infer<typeof modelJobSchema>;

/**
 * Where a model stands on the inference machine:
 * - `absent`: known and not here;
 * - `pulling`: being downloaded;
 * - `converting`: downloaded, its graphs are being written;
 * - `loading`: chosen, and being loaded; the one before it goes on meanwhile;
 * - `ready`: can be used at once;
 * - `failed`: the last attempt broke off; what was downloaded is kept for the next.
 */
export const modelStateSchema = z.enum([
  "absent",
  "pulling",
  "converting",
  "loading",
  "ready",
  "failed",
]);
export type ModelState = z.infer<typeof modelStateSchema>;

export const modelProgressSchema = z.object({
  doneBytes: z.number().min(0),
  /** Null while unknown. */
  totalBytes: z.number().min(0).nullable(),
  /** Null until it can be told. */
  bytesPerSecond: z.number().min(0).nullable(),
});
export type ModelProgress = z.infer<typeof modelProgressSchema>;

export const modelSummarySchema = z.object({
  /** As the command line names it: "nemotron-speech-streaming-en-0.6b". */
  name: z.string().min(1).max(200),
  /** For people. */
  title: z.string().max(200),
  job: modelJobSchema,
  /** A sentence on what it is good for. */
  purpose: z.string().max(500),
  licence: z.string().max(200),
  /** Bytes to download; null when unknown. */
  downloadBytes: z.number().min(0).nullable(),
  /** Bytes that it takes on the machine now, conversions included. */
  diskBytes: z.number().min(0),
  state: modelStateSchema,
  /** While pulling or converting. */
  progress: modelProgressSchema.nullable(),
  /** Why it failed, for people. */
  problem: z.string().max(1_000).nullable(),
  /** It does its job now. */
  isActive: z.boolean(),
  /** It can be made to do its job while people talk. */
  isUsable: z.boolean(),
  /** It comes with Parley and cannot be removed. */
  isShipped: z.boolean(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

/** `GET /api/models` */
export const modelsOverviewSchema = z.object({ models: z.array(modelSummarySchema).max(200) });
export type ModelsOverview = z.infer<typeof modelsOverviewSchema>;

/**
 * `POST /api/models/:name/:action`; answered by the overview as it is then.
 * - `pull`: downloads and converts; goes on where it broke off;
 * - `cancel`: stops a pull or a conversion;
 * - `use`: lets the model do its job from each speaker's next utterance on;
 * - `remove`: deletes its files.
 */
export const modelActionSchema = z.enum(["pull", "cancel", "use", "remove"]);
export type ModelAction = z.infer<typeof modelActionSchema>;
