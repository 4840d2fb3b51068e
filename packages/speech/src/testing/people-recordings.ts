import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { loadAudio } from "./audio-fixtures";

/** A person's words on record. */
export type PeopleRecording = {
  /** Name of the file, without its extension. */
  name: string;
  /** What is said, in lower case without punctuation. */
  words: string;
  /** Way of speaking: "command", "read", "talk". */
  group: string;
  licence: string;
  /** 16 kHz. */
  samples: Int16Array;
};

/** Recordings that are part of the project; their licences allow it. */
export const peopleFolder = join(import.meta.dirname, "people");

const listedSchema = z.tuple([z.string().min(1), z.string(), z.string(), z.string()]);

/**
 * Reads `FOLDER/list.tsv`: a heading, then lines of file, words, group and licence.
 *
 * @throws when the list or one of its recordings is missing or broken
 */
export function readPeopleRecordings(folder = peopleFolder): PeopleRecording[] {
  const lines = readFileSync(join(folder, "list.tsv"), "utf8").trimEnd().split(/\r?\n/);
  return lines.slice(1).map((line) => {
    const [file, words, group, licence] = listedSchema.parse(line.split("\t"));
    const samples = loadAudio(join(folder, file));
    return { name: file.replace(/\.wav$/, ""), words, group, licence, samples };
  });
}
