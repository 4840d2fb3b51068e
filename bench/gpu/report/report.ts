import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeReport } from "./describe-report";

/** One line of figures; columns that do not apply are left out. */
export type Row = Readonly<Record<string, string | number | null>>;

export type PartReport = {
  name: string;
  state: "running" | "done" | "ran out of time" | "failed" | "left out";
  seconds: number;
  rows: Row[];
  /** Anything that a reader has to know, such as why it failed. */
  notes: string[];
};

export type ReportHeader = Readonly<Record<string, unknown>>;

/**
 * What a run has measured, written anew with every line: a run that is killed leaves what it had.
 */
export class Report {
  readonly #folder: string;
  readonly #header: ReportHeader;
  readonly #parts: PartReport[] = [];

  /** @param folder for `gpu.json` and `gpu.txt` */
  constructor(folder: string, header: ReportHeader) {
    this.#folder = folder;
    this.#header = header;
    mkdirSync(folder, { recursive: true });
  }

  get whole(): { header: ReportHeader; parts: readonly PartReport[] } {
    return { header: this.#header, parts: this.#parts };
  }

  begin(name: string): PartReport {
    const part: PartReport = { name, state: "running", seconds: 0, rows: [], notes: [] };
    this.#parts.push(part);
    this.write();
    return part;
  }

  write(): void {
    this.#replace("gpu.json", `${JSON.stringify(this.whole, null, 2)}\n`);
    this.#replace("gpu.txt", describeReport(this.whole));
  }

  #replace(name: string, text: string): void {
    const file = join(this.#folder, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}
