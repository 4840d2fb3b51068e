import type { FeatureSettings } from "../features/feature-settings";
import type { Claim } from "./mismatches";

/** Facts that a model's files may state. */
export type ModelFacts = {
  /** Display name. */
  name: string;
  mels: number;
  normalization: FeatureSettings["normalization"];
  /** Encoder layers. */
  layers: number;
  /** Encoder width. */
  width: number;
  /** Rows of the channel cache, and values per frame in each; see `StreamingShape`. */
  channelRows: number;
  channelWidth: number;
  /** Encoder frames in the channel cache. */
  leftContext: number;
  /** Frames of left context of the convolutions. */
  convolutionContext: number;
  /** Right context that the graph was exported for. */
  bakedRightContext: number;
  /** Right contexts that the model was trained for, ascending. */
  trainedRightContexts: readonly number[];
  /** Number of tokens, without the blank. */
  tokens: number;
  durations: readonly number[] | null;
  /** True where the durations are 0, 1, 2 … by convention of the format, without being listed. */
  countsDurations: boolean;
  /** Pieces without the blank, for folders without a token file. */
  pieces: readonly string[];
  /** Prompt indices of languages. */
  languages: Readonly<Record<string, number>>;
};

/** Facts stated by one file. */
export type ModelStatement = { readonly source: string } & {
  readonly [Name in keyof ModelFacts]?: ModelFacts[Name] | undefined;
};

/** Claims of all files about one fact. */
export function claimsAbout<Value>(
  statements: readonly ModelStatement[],
  pick: (statement: ModelStatement) => Value | undefined,
): Claim<Value>[] {
  return statements.flatMap((statement) => {
    const value = pick(statement);
    return value === undefined ? [] : [{ value, source: statement.source }];
  });
}
