import { rewrite } from "../rewrite";

const fileEndings =
  "ts tsx js jsx mjs cjs py rs go rb java kt swift c h cpp cs php sh sql css scss html htm xml json yaml yml toml ini cfg conf md txt csv tsv pdf doc docx xls xlsx ppt pptx png jpg jpeg gif svg webp mp3 mp4 wav zip gz tar log env lock exe dll onnx nemo";
const file = new RegExp(
  String.raw`(?<=[\p{L}\p{N}_)])\.(?<ending>${fileEndings.split(" ").join("|")})(?![\p{L}\p{N}])`,
  "gu",
);
const letterThenFigure =
  /(?<![\p{L}\p{N}.])(?<letters>\p{Lu}[\p{L}]{0,14})-?(?<figures>\d{1,4}(?:\.\d{1,2})?)(?<tail>\p{L}{0,2})(?![\p{L}\p{N}]|\.\d)/gu;
const capitals =
  /(?<![\p{L}\p{N}.])(?:\p{Lu}\d\p{Lu}|\p{Lu}{1,3}\d{1,3}\p{Lu}{1,3})(?![\p{L}\p{N}])/gu;

/** Names with figures or signs within: file names, "GPT-4o", "H2O", snake_case. */
export function identifierWords(text: string): string {
  let spoken = rewrite(text, file, ({ ending = "" }) => ` dot ${endingWords(ending)}`);
  spoken = rewrite(spoken, capitals, (_, name) => Array.from(name).join(" "));
  spoken = rewrite(
    spoken,
    letterThenFigure,
    ({ letters = "", figures = "", tail = "" }) =>
      `${letters} ${figures}${tail === "" ? "" : ` ${tail}`}`,
  );
  spoken = spoken
    .replace(/(?<=[\p{L}\p{N}_])\(\)/gu, "")
    // gpt-4, sha256
    .replace(/(?<=\p{L})-(?=\d)|(?<=\p{Ll}{2})(?=\d)/gu, " ")
    .replace(/(?<=\p{L}\p{Ll})\.(?=\p{Ll}{2})/gu, " dot ");
  return spoken.replace(/(?<=[\p{L}\p{N}])_{1,2}(?=[\p{L}\p{N}])/gu, " ");
}

function endingWords(ending: string): string {
  const isWord = /^(?:java|swift|toml|conf|doc|log|env|lock|zip|gif|tar|nemo|onnx|go|py)$/u.test(
    ending,
  );
  return isWord ? ending : ending.toUpperCase();
}
