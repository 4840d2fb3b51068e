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
