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

/**
 * How a model comes into use:
 * - `live`: `use` switches to it while people talk;
 * - `fixed`: the installation or its settings decide; nothing can be chosen here.
 */
export const modelUsageSchema = z.enum(["live", "fixed"]);
export type ModelUsage = z.infer<typeof modelUsageSchema>;

/** A number format in which a model can be used; chosen as `name:precision`. */
export const precisionChoiceSchema = z.object({
  /** "int8-dynamic" */
  precision: z.string().min(1).max(40),
  /** Size of the graphs in bytes, about what they take in memory; null when unknown. */
  runBytes: z.number().min(0).nullable(),
  /** Whether its graphs are written; otherwise the first use takes about a minute longer. */
  isPrepared: z.boolean(),
});
export type PrecisionChoice = z.infer<typeof precisionChoiceSchema>;

export const modelSummarySchema = z.object({
  /** Name on the command line, such as "nemotron-speech-streaming-en-0.6b". */
  name: z.string().min(1).max(200),
  /** Display name. */
  title: z.string().max(200),
  /** Forms of one model share a family. */
  family: z.string().max(200),
  /** What sets this form apart from others of its family; null where there are none. */
  form: z.string().max(200).nullable(),
  job: modelJobSchema,
  /** One sentence on its purpose, for people. */
  purpose: z.string().max(500),
  /** What speaks against it on this machine, as a sentence; null where nothing does. */
  caution: z.string().max(500).nullable(),
  /** Null while unknown. */
  licence: z.string().max(200).nullable(),
  /** Its page on the hub; null where it has none. */
  pageUrl: z.url({ protocol: /^https?$/u }).nullable(),
  /** Bytes to download, with the models that it needs; null while unknown. */
  downloadBytes: z.number().min(0).nullable(),
  /** Disk space in bytes that it takes now, conversions included. */
  diskBytes: z.number().min(0),
  state: modelStateSchema,
  /** Progress while pulling or converting, else null. */
  progress: modelProgressSchema.nullable(),
  /** What hinders work that goes on nevertheless, for people: "… Trying again (3 of 6)". */
  notice: z.string().max(1_000).nullable(),
  /** Reason of a failure, for people. */
  problem: z.string().max(1_000).nullable(),
  /** True while it is in use. */
  isActive: z.boolean(),
  usage: modelUsageSchema,
  /** Formats to choose from, the usual one first; empty where there is no choice. */
  precisions: z.array(precisionChoiceSchema).max(20),
  /** The format in use; null while it is not, or has none. */
  activePrecision: z.string().max(40).nullable(),
  /** True for models that ship with Parley, which cannot be removed. */
  isShipped: z.boolean(),
  /** True for what is there to try things out and not for conversations. */
  isDemonstration: z.boolean(),
});
export type ModelSummary = z.infer<typeof modelSummarySchema>;

/** A model that suits the machine better than what comes with Parley. */
export const modelSuggestionSchema = z.object({
  job: modelJobSchema,
  name: z.string().max(200),
  precision: z.string().max(40).nullable(),
  /** A sentence for people. */
  reason: z.string().max(500),
});
export type ModelSuggestion = z.infer<typeof modelSuggestionSchema>;

/** What the hub told about sizes and licences. */
export const hubStateSchema = z.object({
  /** "Hugging Face" */
  title: z.string().max(200),
  /**
   * `idle`: all answers are in; `asking`: some are under way; `unreachable`: there was no answer;
   * `offline`: the operator forbade to ask.
   */
  state: z.enum(["idle", "asking", "unreachable", "offline"]),
});

/** Where the nodes of a model's graph are computed. */
const graphUseSchema = z.object({
  /** The graph's file. */
  graph: z.string().max(100),
  onDevice: z.int().min(0),
  onProcessor: z.int().min(0),
  /** Parts that the device computes without waiting for the processor. */
  partitions: z.int().min(0),
});

/** `GET /api/models` */
export const modelsOverviewSchema = z.object({
  models: z.array(modelSummarySchema).max(200),
  suggestions: z.array(modelSuggestionSchema).max(10),
  /** The machine that runs them. */
  machine: z.object({
    cores: z.int().min(1),
    memoryBytes: z.number().min(0),
    /** Name of the graphics processor; null where none is known. */
    graphics: z.string().max(200).nullable(),
    /** What the models in use compute on; without those that run elsewhere. */
    devices: z
      .array(
        z.object({
          job: modelJobSchema,
          /** "webgpu on NVIDIA H200", "cpu" */
          title: z.string().max(200),
          /** Why it is not another device, for people; null where nothing was wanted more. */
          reason: z.string().max(1_000).nullable(),
          /**
           * Where the nodes of its graphs are computed, as their first runs on a card showed; left out
           * where that was not told.
           */
          graphs: z.array(graphUseSchema).max(20).optional(),
        }),
      )
      .max(4),
  }),
  hub: hubStateSchema,
  /** Settings that name a model at every start: a choice made here lasts until then. */
  pinned: z.array(z.object({ job: modelJobSchema, setting: z.string().max(100) })).max(10),
});
export type ModelsOverview = z.infer<typeof modelsOverviewSchema>;

/**
 * `POST /api/models/:name/:action`; answered with the overview after it. A precision may follow the
 * name: `nemotron-streaming-en:int8`.
 * - `pull`: downloads and converts; resumes an interrupted download;
 * - `adopt`: as `pull`, and then as `use`;
 * - `cancel`: stops a pull or a conversion;
 * - `use`: switches to the model, from each speaker's next utterance or the next reply on;
 * - `remove`: deletes its files.
 */
export const modelActionSchema = z.enum(["pull", "adopt", "cancel", "use", "remove"]);
export type ModelAction = z.infer<typeof modelActionSchema>;
