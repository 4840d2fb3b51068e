import { precisions } from "@parley/nemo-onnx/quantization/precision";
import { type Command, Option } from "commander";
import { defaultPrecision } from "@parley/models/read-precision";
import type { CommandContext } from "../command-context";
import { convertModel, type ConvertOptions } from "./convert-model";
import { listModels, type ListOptions } from "./list-models";
import { pullModels } from "./pull-models";
import { removeModels, type RemoveOptions } from "./remove-models";
import { verifyModel, type VerifyOptions } from "./verify/verify-model";

const description = `Gets models from Hugging Face, converts and verifies them.

Files are kept where Hugging Face's own tools keep them (HF_HOME), so that what
is there already is used. HF_TOKEN opens gated models, HF_ENDPOINT names another
hub. Conversions are kept in PARLEY_CACHE.`;

/** @param finish told how many checks failed */
export function addModelsCommand(
  program: Command,
  context: CommandContext,
  finish: (failed: number) => void,
): void {
  const models = program
    .command("models")
    .summary("get, convert and verify models")
    .description(description);
  models
    .command("list")
    .description("What is supported, what is here and converted, sizes and licences.")
    .option("--json", "everything that is known, as JSON")
    .action((options: ListOptions) => listModels(options, context));
  models
    .command("pull")
    .description("Downloads models. What was cut is gone on with; checksums are verified.")
    .argument("<names...>", "as `parley models list` tells them")
    .action((names: string[]) => pullModels(names, context));
  models
    .command("convert")
    .description("Turns a .nemo checkpoint into ONNX graphs.")
    .argument("<model>", "a .nemo file, or the name of a model that was pulled")
    .option("--out <folder>", "where they go; Parley's cache unless given")
    .addOption(
      new Option("--precision <how>", "how its numbers are kept")
        .choices(precisions)
        .default(defaultPrecision),
    )
    .action((model: string, options: ConvertOptions) => convertModel(model, options, context));
  models
    .command("verify")
    .description("Checks checksums, parley.json and shapes, and loads the graphs.")
    .argument("<model>", "a folder, a .nemo file, or a name; name:int8 for another precision")
    .option("--reference <folder>", "recordings with the tokens that NeMo heard in them")
    .action(async (model: string, options: VerifyOptions) => {
      finish(await verifyModel(model, options, context));
    });
  models
    .command("remove")
    .description("Deletes models and their conversions from this machine.")
    .argument("<names...>", "as `parley models list` tells them")
    .option("--yes", "without asking")
    .action((names: string[], options: RemoveOptions) => removeModels(names, options, context));
}
