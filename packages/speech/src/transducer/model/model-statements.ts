import type { FeatureSettings } from "../features/feature-settings";
import type { Claim } from "./mismatches";

/** What a model's files may say beside the shapes of its graphs. */
export type ModelFacts = {
  /** For people. */
  name: string;
  mels: number;
  normalization: FeatureSettings["normalization"];
  /** Encoder layers. */
  layers: number;
  /** Encoder width. */
  width: number;
  /** Values that the channel cache keeps of a frame. */
  channelRows: number;
  channelWidth: number;
  /** Encoder frames that the channel cache keeps. */
  leftContext: number;
  /** Frames that the convolutions look back. */
  convolutionContext: number;
  /** The one right context that the graph was exported for. */
  bakedRightContext: number;
  /** Right contexts that the model was trained for, ascending. */
  trainedRightContexts: readonly number[];
  /** Tokens without the blank. */
  tokens: number;
  durations: readonly number[] | null;
  /** True where the format counts duration outputs 0, 1, 2 …, without telling them. */
  countsDurations: boolean;
  /** Pieces without the blank, for folders without a token file. */
  pieces: readonly string[];
  /** Prompt indices of languages. */
  languages: Readonly<Record<string, number>>;
};

/** What one file says. */
export type ModelStatement = { readonly source: string } & {
  readonly [Name in keyof ModelFacts]?: ModelFacts[Name] | undefined;
};

/** What all files say about one thing. */
export function claimsAbout<Value>(
  statements: readonly ModelStatement[],
  pick: (statement: ModelStatement) => Value | undefined,
): Claim<Value>[] {
  return statements.flatMap((statement) => {
    const value = pick(statement);
    return value === undefined ? [] : [{ value, source: statement.source }];
  });
}
