import { basename } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { HubInquiry, hubFactsFile } from "@parley/models/hub/hub-inquiry";
import { readHubSettings } from "@parley/models/hub/hub-settings";
import type { ModelFacts } from "@parley/models/hub/model-facts";
import { type Conversion, listConversions } from "@parley/models/conversions";
import { inspectLocalModel, type LocalModel } from "@parley/models/local/inspect-local-model";
import { registry } from "@parley/models/registry/registry";
import type { Clock } from "@parley/shared/async/clock";
import type { CommandContext } from "../command-context";
import { formatBytes } from "./format-bytes";

export type ListOptions = { json?: true };

const headings = {
  recognizer: "Recognition",
  synthesizer: "Speech",
  codec: "Codecs",
  "turn-detector": "Turns",
  "chat-model": "Thinking",
} as const;

/** Lists the supported models with their state here, and conversions of other files. */
export async function listModels(
  { json }: ListOptions,
  { environment, output, clock }: CommandContext,
): Promise<void> {
  const states = await Promise.all(registry.map((entry) => inspectLocalModel(entry, environment)));
  const known = new Set(states.flatMap(({ conversions }) => conversions.map(directoryOf)));
  const all = await listConversions(cacheDirectory(environment));
  const others = all.filter((conversion) => !known.has(directoryOf(conversion)));
  if (json === true) {
    const document = { models: states.map(toDocument), otherConversions: others };
    output.write(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  const { facts, isHubAway } = await askHub(environment, clock);
  output.write(table(states, facts));
  if (isHubAway && [...facts.values()].some(isOpen)) {
    output.write("\n–: not known yet; the hub cannot be reached.\n");
  }
  if (others.length > 0) output.write(`\nConversions of other files:\n${conversionLines(others)}`);
}

function directoryOf({ directory }: Conversion): string {
  return directory;
}

function toDocument({ entry, ...state }: LocalModel): object {
  return { ...entry, ...state };
}

/** Sizes and licences, with the hub asked for what is missing. */
async function askHub(environment: NodeJS.ProcessEnv, clock: Clock) {
  const inquiry = new HubInquiry({
    settings: () => readHubSettings(environment),
    file: hubFactsFile(environment),
    clock,
  });
  const before = await inquiry.known(registry);
  await inquiry.ask(registry.filter(({ name }) => isOpen(before.get(name))));
  await inquiry.settled();
  const facts = await inquiry.known(registry);
  return { facts, isHubAway: inquiry.state === "unreachable" };
}

/** Whether something about a model is still to be asked. */
function isOpen(facts: ModelFacts | undefined): boolean {
  return facts === undefined || facts.bytes === null || facts.licence === null;
}

function table(states: readonly LocalModel[], facts: ReadonlyMap<string, ModelFacts>): string {
  const rows = states.map((state) => ({
    heading: headings[state.entry.kind],
    cells: [
      state.entry.name,
      presenceOf(state),
      sizeOf(state, facts.get(state.entry.name)?.bytes ?? null),
      facts.get(state.entry.name)?.licence ?? "–",
    ],
    purpose: state.entry.purpose,
  }));
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  let text = "";
  let heading = "";
  for (const row of rows) {
    if (row.heading !== heading) text += `${text === "" ? "" : "\n"}${row.heading}\n`;
    heading = row.heading;
    const cells = row.cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    text += `  ${cells.join("  ")}  ${row.purpose}\n`;
  }
  return text;
}

function presenceOf({ presence, conversions }: LocalModel): string {
  if (presence !== "here") return presence === "partial" ? "partial" : "-";
  const precisions = conversions.filter(({ isStale }) => !isStale).map((one) => one.precision);
  return precisions.length === 0 ? "here" : `here, ${precisions.join(" ")}`;
}

/** Size on disk, or of the download where that is known. */
function sizeOf({ bytes, conversions }: LocalModel, downloadBytes: number | null): string {
  const taken = conversions.reduce((sum, conversion) => sum + conversion.bytes, bytes);
  if (taken > 0) return formatBytes(taken);
  return downloadBytes === null ? "–" : `about ${formatBytes(downloadBytes)}`;
}

function conversionLines(conversions: readonly Conversion[]): string {
  const lines = conversions.map(({ directory, precision, isStale, bytes }) => {
    const remark = isStale ? ", of an older converter, may be deleted" : "";
    return `  ${basename(directory)}  ${precision}, ${formatBytes(bytes)}${remark}\n    ${directory}\n`;
  });
  return lines.join("");
}
