import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";

const ids = z.array(z.int().min(0));

/**
 * `reference.json`: NeMo's tokens for recordings in the same folder. `frames` are the tokens'
 * encoder frames (80 ms each).
 */
const referenceSchema = z.strictObject({
  format: z.literal(1),
  recordings: z
    .array(
      z.strictObject({
        /** A sound file, relative to this one. */
        audio: z.string().min(1),
        mode: z.discriminatedUnion("type", [
          z.strictObject({ type: z.literal("offline") }),
          z.strictObject({
            type: z.literal("streaming"),
            rightContext: z.int().min(0).max(69),
            finish: z.enum(["exact", "nemo"]),
          }),
        ]),
        ids,
        frames: ids.optional(),
      }),
    )
    .min(1),
});

/** Recorded output of NeMo's own scripts, one file per mode. */
const answerSchema = z.object({ ids, timestamps: ids });
const offlineSchema = z.record(z.string(), answerSchema);
const streamSchema = z.object({
  streams: z.record(z.string(), answerSchema.extend({ valid_only: answerSchema.optional() })),
});

export type ReferenceSettings = Pick<TransducerSettings, "isOffline" | "rightContext" | "finish">;

/** A recording, the recogniser's settings, and the expected tokens. */
export type ReferenceCase = {
  name: string;
  /** A sound file. */
  audio: string;
  settings: ReferenceSettings;
  ids: readonly number[];
  /** Null when they were not recorded. */
  frames: readonly number[] | null;
};

/**
 * Reads a folder of references: a `reference.json`, or NeMo's answers as `offline.json` and
 * `stream_R<frames>.json` with the recordings in `audio/` there or two folders above.
 *
 * @throws AppError `not-found` when there is no reference, or a recording is missing
 */
export async function readReferences(directory: string): Promise<ReferenceCase[]> {
  const own = join(directory, "reference.json");
  if (existsSync(own)) return fromReference(await readJson(own, referenceSchema), directory);
  const names = await readdir(directory).catch(() => []);
  const cases: ReferenceCase[] = [];
  for (const name of names.sort()) {
    const path = join(directory, name);
    const context = /^stream_R(\d+)\.json$/u.exec(name)?.[1];
    if (name === "offline.json") {
      const answers = await readJson(path, offlineSchema);
      const settings = { isOffline: true, rightContext: null, finish: "exact" } as const;
      cases.push(...toCases(answers, settings, directory));
    } else if (context !== undefined) {
      const { streams } = await readJson(path, streamSchema);
      const settings = { isOffline: false, rightContext: Number(context) };
      cases.push(...toCases(streams, { ...settings, finish: "nemo" }, directory));
      const exact = Object.entries(streams).flatMap(([recording, { valid_only: answer }]) =>
        answer === undefined ? [] : [[recording, answer] as const],
      );
      const answers = Object.fromEntries(exact);
      cases.push(...toCases(answers, { ...settings, finish: "exact" }, directory));
    }
  }
  if (cases.length > 0) return cases;
  const wanted = "reference.json, offline.json or stream_R<frames>.json";
  throw new AppError("not-found", `${directory} has no ${wanted}`);
}

async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new AppError("model-mismatch", `${path}: ${reason}`, { cause: error });
  }
}

function fromReference(
  { recordings }: z.infer<typeof referenceSchema>,
  directory: string,
): ReferenceCase[] {
  return recordings.map(({ audio, mode, frames, ...rest }) => ({
    name: audio,
    audio: join(directory, audio),
    settings:
      mode.type === "offline"
        ? { isOffline: true, rightContext: null, finish: "exact" }
        : { isOffline: false, rightContext: mode.rightContext, finish: mode.finish },
    ids: rest.ids,
    frames: frames ?? null,
  }));
}

function toCases(
  answers: Record<string, z.infer<typeof answerSchema>>,
  settings: ReferenceSettings,
  directory: string,
): ReferenceCase[] {
  return Object.entries(answers).map(([name, { ids, timestamps }]) => ({
    name,
    audio: findRecording(name, directory),
    settings,
    ids,
    frames: timestamps,
  }));
}

function findRecording(name: string, directory: string): string {
  const folders = [join(directory, "audio"), directory, join(directory, "..", "..", "audio")];
  for (const folder of folders) {
    const path = join(folder, `${name}.wav`);
    if (existsSync(path)) return path;
  }
  throw new AppError("not-found", `${name}.wav is not in ${folders.join(", ")}`);
}
