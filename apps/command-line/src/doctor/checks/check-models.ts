import { join, resolve } from "node:path";
import { given } from "@parley/settings/setting";
import { inspectLocalModel } from "@parley/models/local/inspect-local-model";
import type { ModelKind } from "@parley/models/registry/model-entry";
import { findEntry } from "@parley/models/registry/registry";
import { findModelsDirectory } from "@parley/models/find-models-directory";
import { defaultCodec } from "@parley/models/resolve-voice";
import { type Finding, good, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Whether the models named by settings are on this machine; they are not loaded. */
export async function checkModels(context: CheckContext): Promise<Finding[]> {
  const { RECOGNIZER_MODEL, SYNTHESIZER_MODEL, SYNTHESIZER_CODEC, TURN_MODEL } =
    context.environment;
  const voice = given(SYNTHESIZER_MODEL);
  const codec =
    given(SYNTHESIZER_CODEC) ?? ((await needsCodec(voice, context)) ? defaultCodec : undefined);
  const findings = await Promise.all([
    checkModel("RECOGNIZER_MODEL", "recognizer", given(RECOGNIZER_MODEL), context),
    checkModel("SYNTHESIZER_MODEL", "synthesizer", voice, context),
    checkModel("SYNTHESIZER_CODEC", "codec", codec, context),
    checkModel("TURN_MODEL", "turn-detector", given(TURN_MODEL), context),
  ]);
  return findings.flat();
}

/** Whether a voice is one of Magpie's, or a file that may be. */
async function needsCodec(voice: string | undefined, { machine }: CheckContext): Promise<boolean> {
  if (voice === undefined) return false;
  const entry = findEntry(voice.split(":")[0] ?? voice);
  if (entry !== null) return entry.needs.includes(defaultCodec);
  const tokenizer = join(resolve(machine.workingFolder, voice), "tokenizer.json");
  return (await machine.kindOf(tokenizer)) !== "file";
}

async function checkModel(
  name: string,
  kind: ModelKind,
  model: string | undefined,
  context: CheckContext,
): Promise<Finding[]> {
  if (model === undefined) return [];
  const isName = !/[\\/]/u.test(model);
  if (isName && kind === "recognizer" && (await isShipped(model, context))) {
    return [good(name, `${model} comes with Parley`)];
  }
  if (kind === "turn-detector" && model === "words-and-pauses") {
    return [good(name, `${model} comes with Parley`)];
  }
  const entry = isName ? findEntry(model.split(":")[0] ?? model) : null;
  if (entry === null) return [await checkPath(name, model, context)];
  if (entry.kind !== kind) {
    return [
      wrong(name, `${entry.name} is a ${entry.kind}, not a ${kind}`, "see: parley models list"),
    ];
  }
  const { presence } = await inspectLocalModel(entry, context.environment);
  if (presence === "here") return [good(name, `${entry.name} is here`)];
  const message = presence === "partial" ? "is here in part" : "is not here yet";
  const cure = `get it with: parley models pull ${entry.name}`;
  return [wrong(name, `${entry.name} ${message}`, cure)];
}

async function checkPath(name: string, path: string, { machine }: CheckContext): Promise<Finding> {
  const place = resolve(machine.workingFolder, path);
  const found = await machine.kindOf(place);
  if (found === "folder" || (found === "file" && isModelFile(name, place)))
    return good(name, place);
  if (found === "file") {
    const ending = name === "TURN_MODEL" ? ".onnx" : ".nemo";
    return wrong(name, `${place} is neither a folder nor a ${ending} file`, "see docs/models.md");
  }
  const cure = "correct the path, or name a model of: parley models list";
  return wrong(name, `${place} is not there`, cure);
}

function isModelFile(name: string, place: string): boolean {
  return place.endsWith(name === "TURN_MODEL" ? ".onnx" : ".nemo");
}

async function isShipped(model: string, { environment, machine }: CheckContext): Promise<boolean> {
  try {
    return (await machine.kindOf(join(findModelsDirectory(environment), model))) === "folder";
  } catch {
    return false;
  }
}
