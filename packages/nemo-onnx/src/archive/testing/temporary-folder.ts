import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A folder for the tests of one file, deleted after them. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), "nemo-onnx-test-"));

  constructor() {
    afterAll(() => {
      rmSync(this.path, { recursive: true, force: true });
    });
  }

  /** @returns the file's path */
  write(name: string, content: Uint8Array | string): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }
}
