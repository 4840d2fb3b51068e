import { basename } from "node:path";
import { cacheDirectory } from "@parley/models/cache-directory";
import { type Conversion, listConversions } from "@parley/models/conversions";
import { inspectLocalModel, type LocalModel } from "@parley/models/local/inspect-local-model";
import { registry } from "@parley/models/registry/registry";
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
  { environment, output }: CommandContext,
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
  output.write(table(states));
  if (others.length > 0) output.write(`\nConversions of other files:\n${conversionLines(others)}`);
}

function directoryOf({ directory }: Conversion): string {
  return directory;
}

function toDocument({ entry, ...state }: LocalModel): object {
  return { ...entry, ...state };
}

function table(states: readonly LocalModel[]): string {
  const rows = states.map((state) => ({
    heading: headings[state.entry.kind],
    cells: [state.entry.name, presenceOf(state), sizeOf(state), state.entry.licence ?? "licence ?"],
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
function sizeOf({ entry, bytes, conversions }: LocalModel): string {
  const taken = conversions.reduce((sum, conversion) => sum + conversion.bytes, bytes);
  if (taken > 0) return formatBytes(taken);
  return entry.aboutBytes === null ? "size ?" : `about ${formatBytes(entry.aboutBytes)}`;
}

function conversionLines(conversions: readonly Conversion[]): string {
  const lines = conversions.map(({ directory, precision, isStale, bytes }) => {
    const remark = isStale ? ", of an older converter, may be deleted" : "";
    return `  ${basename(directory)}  ${precision}, ${formatBytes(bytes)}${remark}\n    ${directory}\n`;
  });
  return lines.join("");
}
