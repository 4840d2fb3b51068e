import { formatTable } from "../../support/table";
import type { PartReport, ReportHeader } from "./part-report";

/** The report as text: a table for each part. */
export function describeReport({
  header,
  parts,
}: {
  header: ReportHeader;
  parts: readonly PartReport[];
}): string {
  const facts = Object.entries(header).map(([name, fact]) => `${name}: ${asText(fact)}`);
  return `${[...facts, "", ...parts.flatMap(describePart)].join("\n")}\n`;
}

function describePart({ name, state, seconds, rows, notes }: PartReport): string[] {
  const headings = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => headings.map((heading) => row[heading] ?? ""));
  return [
    `## ${name} (${state}, ${seconds} s)`,
    ...notes.map((note) => `- ${note}`),
    ...(rows.length === 0 ? [] : [formatTable(headings, cells)]),
    "",
  ];
}

function asText(fact: unknown): string {
  return typeof fact === "string" ? fact : JSON.stringify(fact);
}
