/** Role of a model. */
export type ModelKind = "recognizer" | "synthesizer" | "codec" | "turn-detector" | "chat-model";

/** A supported checkpoint and its place on the hub. */
export type ModelEntry = {
  /** Name for commands: lower case, digits, dots and hyphens. */
  name: string;
  /** Display name. */
  title: string;
  /** Forms of one model share a family, and a row of the Models page; the entry's own name unless given. */
  family?: string;
  /** What sets this form apart from others of its family: "chunks of 160 ms, 8 bit". */
  form?: string;
  kind: ModelKind;
  /** Purpose in one line. */
  purpose: string;
  /** Spoken languages as BCP 47 tags; empty when it is not limited to some. */
  languages: readonly string[];
  /** `nemo` has to be converted first; the others run as they are. */
  format: "nemo" | "onnx" | "gguf";
  /** `organisation/name` on the hub. */
  repository: string;
  /** A commit, or a branch, which may move. */
  revision: string;
  /**
   * Required files: paths, in which `*` stands for anything but a slash. Patterns are matched against
   * the repository's listing.
   */
  files: readonly string[];
  /** Approximate size of the download in bytes; null when it was not measured. */
  aboutBytes: number | null;
  /** Null when unknown: see the model's page before use. */
  licence: string | null;
  /** Names of other entries that it requires. */
  needs: readonly string[];
  /** Unverified assumptions, and notes for users. */
  remarks: readonly string[];
};
