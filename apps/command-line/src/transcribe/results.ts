import { open } from "node:fs/promises";
import type { Output } from "../command-context";

/** Output of finished transcripts. */
export type Results = {
  write(text: string): Promise<void>;
  close(): Promise<void>;
};

/**
 * @param path the file to overwrite; null for standard output
 * @throws the system's error when it cannot be written
 */
export async function openResults(path: string | null, output: Output): Promise<Results> {
  if (path === null) {
    return {
      write: (text) => {
        output.write(text);
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
  }
  const file = await open(path, "w");
  return {
    write: (text) => file.appendFile(text),
    close: () => file.close(),
  };
}
