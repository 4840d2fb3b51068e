import { readFileSync } from "node:fs";
import { loadAudio } from "./audio-fixtures";

/** A recording of a person, with what is said in it. */
export type PersonRecording = {
  file: string;
  /** Lower case, without marks; compared by `scoredWordErrors`. */
  words: string;
  group: string;
  samples: Int16Array;
};

const folder = new URL("people/", import.meta.url);

/** Recordings of people; their sources and licences are beside them. */
export function loadPeople(from: URL = folder): PersonRecording[] {
  const [, ...lines] = readFileSync(new URL("list.tsv", from), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [file = "", words = "", group = ""] = line.split("\t");
    return { file, words, group, samples: loadAudio(new URL(file, from)) };
  });
}
