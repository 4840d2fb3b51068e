import { z } from "zod";
import { modelJobSchema } from "./models-api";
import { toolSetSchema } from "./tool-use";

const partSchema = z.object({
  /** Name within a sentence, such as "Flite" or "the built-in script". */
  title: z.string().max(200),
  /** True for what is there to try things out and not for conversations. */
  isDemonstration: z.boolean(),
});

/** A step that the operator could take. */
export const betterModelSchema = z.object({
  job: modelJobSchema,
  /** As the command line takes it, such as "nemotron-streaming-en". */
  name: z.string().max(200),
  title: z.string().max(200),
  /** A sentence for people. */
  reason: z.string().max(500),
  /** Null while unknown. */
  downloadBytes: z.number().min(0).nullable(),
  /** `absent`: to be downloaded; `coming`: under way; `ready`: to be switched to. */
  state: z.enum(["absent", "coming", "ready"]),
});

/** What hears, thinks and speaks here, as everybody may know it; inference's `GET /api/house`. */
export const engineHouseSchema = z.object({
  hears: partSchema,
  thinks: partSchema,
  speaks: partSchema,
  /** Voices that an agent can be given, the default first. */
  voices: z.array(z.string().max(200)).max(500),
  /** What the voice speaks, as BCP 47 tags that an agent can be given, the default first. */
  languages: z.array(z.string().max(35)).max(500).default([]),
  /** Sets of tools that an agent can be given; none where what thinks can use none. */
  tools: z.array(toolSetSchema).max(100),
  /** The one step that would help most on this machine; null where there is none. */
  better: betterModelSchema.nullable(),
});
export type EngineHouse = z.infer<typeof engineHouseSchema>;

/** The media-server's `GET /api/house`. `better` is told to the operator alone. */
export const houseSchema = engineHouseSchema.extend({
  /** Whether whoever asks may change it. */
  isOperator: z.boolean(),
});
export type House = z.infer<typeof houseSchema>;
