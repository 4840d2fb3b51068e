import { z } from "zod";

/** Job of a model. */
export const modelJobSchema = z.enum(["hear", "speak", "think", "take-turns"]);
export type ModelJob = z.infer<typeof modelJobSchema>;

/**
 * State of a model on the inference machine:
 * - `absent`: known but not downloaded;
 * - `pulling`: being downloaded;
 * - `converting`: downloaded, its graphs are being written;
 * - `loading`: chosen and being loaded; the previous model stays in use meanwhile;
 * - `ready`: can be used at once;
 * - `failed`: the last attempt failed; the downloaded part is kept for the next one.
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
  /** Null until it can be measured. */
  bytesPerSecond: z.number().min(0).nullable(),
});
export type ModelProgress = z.infer<typeof modelProgressSchema>;

export const modelSummarySchema = z.object({
  /** Name on the command line, such as "nemotron-speech-streaming-en-0.6b". */
  name: z.string().min(1).max(200),
  /** Display name. */
  title: z.string().max(200),
  job: modelJobSchema,
  /** One sentence on its purpose, for people. */
  purpose: z.string().max(500),
  licence: z.string().max(200),
  /** Bytes to download; null when unknown. */
  downloadBytes: z.number().min(0).nullable(),
  /** Disk space in bytes that it takes now, conversions included. */
  diskBytes: z.number().min(0),
  state: modelStateSchema,
  /** Progress while pulling or converting, else null. */
  progress: modelProgressSchema.nullable(),
  /** Reason of a failure, for people. */
  problem: z.string().max(1_000).nullable(),
  /** True while it is in use. */
  isActive: z.boolean(),
  /** True when `use` can switch to it during conversations. */
  isUsable: z.boolean(),
  /** True for models that ship with Parley, which cannot be removed. */
  isShipped: z.boolean(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

/** `GET /api/models` */
export const modelsOverviewSchema = z.object({ models: z.array(modelSummarySchema).max(200) });
export type ModelsOverview = z.infer<typeof modelsOverviewSchema>;

/**
 * `POST /api/models/:name/:action`; answered with the overview after it.
 * - `pull`: downloads and converts; resumes an interrupted download;
 * - `cancel`: stops a pull or a conversion;
 * - `use`: switches to the model, from each speaker's next utterance on;
 * - `remove`: deletes its files.
 */
export const modelActionSchema = z.enum(["pull", "cancel", "use", "remove"]);
export type ModelAction = z.infer<typeof modelActionSchema>;
