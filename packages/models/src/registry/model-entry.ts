/** What a model does for Parley. */
export type ModelKind = "recognizer" | "synthesizer" | "codec" | "turn-detector" | "chat-model";

/** A checkpoint that Parley supports, and where it lies on the hub. */
export type ModelEntry = {
  /** As it is typed: lower case, digits, dots and hyphens. */
  name: string;
  /** For people. */
  title: string;
  kind: ModelKind;
  /** What it is for, in a line. */
  purpose: string;
  /** Spoken languages as BCP 47 tags; empty where it takes any. */
  languages: readonly string[];
  /** `nemo` must be converted before it runs; the others run as they are. */
  format: "nemo" | "onnx" | "gguf";
  /** `organisation/name` on the hub. */
  repository: string;
  /** A commit, or a branch, which may move. */
  revision: string;
  /**
   * What is needed of the repository: paths, in which `*` stands for anything but a slash. Where a
   * name holds a star the repository's own listing decides.
   */
  files: readonly string[];
  /** What is to be downloaded, roughly; null where nobody has measured it. */
  aboutBytes: number | null;
  /** Null where it is not known: look at the model's page before use. */
  licence: string | null;
  /** Names of other entries that it does not work without. */
  needs: readonly string[];
  /** What is believed and not proved, or what a user should know. */
  remarks: readonly string[];
};
