import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import type { ExternalData } from "./onnx-model";

/** Alignment of tensors: runtimes map the file into memory and expect whole cache lines. */
const alignmentBytes = 64;

/** The external data file of a model, of any size; tensors are appended. */
export class ExternalDataFile {
  readonly #handle: FileHandle;
  readonly #location: string;
  #end = 0;

  /** @throws the file system's error, also when the file exists already */
  static async create(path: string): Promise<ExternalDataFile> {
    return new ExternalDataFile(await open(path, "wx"), basename(path));
  }

  private constructor(handle: FileHandle, location: string) {
    this.#handle = handle;
    this.#location = location;
  }

  async append(bytes: Uint8Array): Promise<ExternalData> {
    const offset = Math.ceil(this.#end / alignmentBytes) * alignmentBytes;
    let written = 0;
    while (written < bytes.byteLength) {
      const rest = bytes.subarray(written);
      const result = await this.#handle.write(rest, 0, rest.byteLength, offset + written);
      written += result.bytesWritten;
    }
    this.#end = offset + bytes.byteLength;
    return { location: this.#location, offset, length: bytes.byteLength };
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
