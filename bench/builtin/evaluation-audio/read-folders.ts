import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";

/** One voice's recordings of one set of sentences. */
export type Recordings = {
  set: string;
  /** Synthesiser and voice, `flite-slt`. */
  voice: string;
  /** Read when needed. */
  utterances: readonly Utterance[];
};

export type Utterance = { file: string; transcript: string };

const transcriptsFile = "transcripts.tsv";

/** Reads `ROOT/SET/VOICE/transcripts.tsv`, lines of file and transcript. */
export function readFolders(root: string): Recordings[] {
  return foldersIn(root).flatMap((set) =>
    foldersIn(join(root, set))
      .filter((voice) => existsSync(join(root, set, voice, transcriptsFile)))
      .map((voice) => ({ set, voice, utterances: readUtterances(join(root, set, voice)) })),
  );
}

function readUtterances(folder: string): Utterance[] {
  const lines = readFileSync(join(folder, transcriptsFile), "utf8").trimEnd().split("\n");
  return lines.map((line) => {
    const [file, transcript] = line.split("\t");
    if (file === undefined || transcript === undefined) {
      throw new TypeError(`${folder}: "${line}" is no file and transcript`);
    }
    return { file: join(folder, file), transcript };
  });
}

function foldersIn(path: string): string[] {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function samplesOf({ file }: Utterance): Int16Array {
  return loadAudio(file);
}
