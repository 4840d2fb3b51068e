import { precisions } from "@parley/nemo-onnx/quantization/precision";
import { type Command, Option } from "commander";
import { defaultPrecision } from "@parley/models/read-precision";
import type { CommandContext } from "../command-context";
import { convertModel, type ConvertOptions } from "./convert-model";
import { listModels, type ListOptions } from "./list-models";
import { pullModels } from "./pull-models";
import { removeModels, type RemoveOptions } from "./remove-models";
import { verifyModel, type VerifyOptions } from "./verify/verify-model";

const description = `Downloads models from Hugging Face, converts and verifies them.

Files are kept in the cache of Hugging Face's own tools (HF_HOME), and files that
are there already are used. HF_TOKEN opens gated models, HF_ENDPOINT names
another hub. Conversions are kept in PARLEY_CACHE.`;

/** @param finish receives the number of failed checks */
export function addModelsCommand(
  program: Command,
  context: CommandContext,
  finish: (failed: number) => void,
): void {
  const models = program
    .command("models")
    .summary("download, convert and verify models")
    .description(description);
  models
    .command("list")
    .description("Lists supported models: downloads, conversions, sizes and licences.")
    .option("--json", "the full result as JSON")
    .action((options: ListOptions) => listModels(options, context));
  models
    .command("pull")
    .description("Downloads models, resumes interrupted downloads, and verifies checksums.")
    .argument("<names...>", "names from `parley models list`")
    .action((names: string[]) => pullModels(names, context));
  models
    .command("convert")
    .description("Turns a .nemo checkpoint into ONNX graphs.")
    .argument("<model>", "a .nemo file, or the name of a model that was pulled")
    .option("--out <folder>", "output folder; Parley's cache unless given")
    .addOption(
      new Option("--precision <how>", "number format of the weights")
        .choices(precisions)
        .default(defaultPrecision),
    )
    .action((model: string, options: ConvertOptions) => convertModel(model, options, context));
  models
    .command("verify")
    .description("Checks checksums, parley.json and shapes, and loads the graphs.")
    .argument("<model>", "a folder, a .nemo file, or a name; name:int8 for another precision")
    .option("--reference <folder>", "recordings with the tokens that NeMo recognised")
    .action(async (model: string, options: VerifyOptions) => {
      finish(await verifyModel(model, options, context));
    });
  models
    .command("remove")
    .description("Deletes models and their conversions from this machine.")
    .argument("<names...>", "names from `parley models list`")
    .option("--yes", "do not ask")
    .action((names: string[], options: RemoveOptions) => removeModels(names, options, context));
}
