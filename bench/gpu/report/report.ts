import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeReport } from "./describe-report";
import type { PartReport, ReportHeader } from "./part-report";

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
