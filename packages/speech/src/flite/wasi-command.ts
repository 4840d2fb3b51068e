/**
 * Runs a WASI (preview 1) command that takes arguments and writes one file. The command has no other
 * access: one directory with only that file, no input, no environment. `node:wasi` would need a real
 * directory, and is experimental.
 */

/** Result codes of WASI calls (`errno`). */
const success = 0;
const badDescriptor = 8;
const illegalSeek = 70;

const directoryDescriptor = 3;
const fileDescriptor = 4;
/** `filetype` values. */
const characterDevice = 2;
const directory = 3;
const regularFile = 4;
const allRights = 0xffff_ffff_ffff_ffffn;
/** The directory's name, as the command must spell it. */
const root = "/";

/**
 * One instance for many runs: its memory is restored between them, which is faster than a new
 * instance and leaves no garbage of its size.
 */
export class WasiCommand {
  readonly #memory: WebAssembly.Memory;
  readonly #start: () => void;
  readonly #pristine: Uint8Array;
  #state: "ready" | "used" | "broken" = "ready";
  #arguments: readonly Uint8Array[] = [];
  #file = new Uint8Array(1 << 16);
  #fileSize = 0;
  #position = 0;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: this.#imports(),
    });
    this.#memory = exports.memory as WebAssembly.Memory;
    this.#start = exports._start as () => void;
    this.#pristine = new Uint8Array(this.#memory.buffer).slice();
  }

  /** True after a run that did not return: the stack is lost, and a new instance is needed. */
  get isBroken(): boolean {
    return this.#state === "broken";
  }

  /** Restores the memory; the next run does so otherwise. */
  reset(): void {
    if (this.#state !== "used") return;
    const memory = new Uint8Array(this.#memory.buffer);
    memory.set(this.#pristine);
    // The memory may have grown; it cannot shrink.
    memory.fill(0, this.#pristine.length);
    this.#state = "ready";
  }

  /**
   * @param commandLine the program's name, then its arguments; none may hold U+0000
   * @returns the file that the command wrote, valid until the next run
   * @throws Error when the command fails or traps
   */
  run(commandLine: readonly string[]): Uint8Array {
    if (this.isBroken) throw new TypeError("a broken command cannot run again");
    this.reset();
    const encoder = new TextEncoder();
    this.#arguments = commandLine.map((argument) => encoder.encode(`${argument}\0`));
    this.#fileSize = 0;
    this.#state = "broken";
    this.#start();
    this.#state = "used";
    return this.#file.subarray(0, this.#fileSize);
  }

  #imports(): Record<string, (...values: never[]) => unknown> {
    return {
      args_sizes_get: (count: number, size: number) => {
        this.#view().setUint32(count, this.#arguments.length, true);
        const bytes = this.#arguments.reduce((sum, argument) => sum + argument.length, 0);
        this.#view().setUint32(size, bytes, true);
        return success;
      },
      args_get: (pointers: number, bytes: number) => {
        for (const argument of this.#arguments) {
          this.#view().setUint32(pointers, bytes, true);
          this.#bytes(bytes, argument.length).set(argument);
          pointers += 4;
          bytes += argument.length;
        }
        return success;
      },
      clock_time_get: (_clock: number, _precision: bigint, time: number) => {
        this.#view().setBigUint64(time, process.hrtime.bigint(), true);
        return success;
      },
      fd_prestat_get: (descriptor: number, prestat: number) => {
        if (descriptor !== directoryDescriptor) return badDescriptor;
        this.#view().setUint8(prestat, 0);
        this.#view().setUint32(prestat + 4, root.length, true);
        return success;
      },
      fd_prestat_dir_name: (_descriptor: number, name: number, length: number) => {
        this.#bytes(name, length).set(new TextEncoder().encode(root).subarray(0, length));
        return success;
      },
      fd_fdstat_get: (descriptor: number, stat: number) => {
        if (descriptor > fileDescriptor) return badDescriptor;
        const types = [characterDevice, characterDevice, characterDevice, directory, regularFile];
        this.#view().setUint16(stat, types[descriptor] ?? characterDevice, true);
        this.#view().setUint16(stat + 2, 0, true);
        this.#view().setBigUint64(stat + 8, allRights, true);
        this.#view().setBigUint64(stat + 16, allRights, true);
        return success;
      },
      fd_fdstat_set_flags: () => success,
      path_open: (...values: number[]) => {
        // Every path is the one file. The last argument is the address of the descriptor.
        this.#view().setUint32(values.at(-1) ?? 0, fileDescriptor, true);
        this.#position = 0;
        return success;
      },
      fd_read: (_descriptor: number, _vectors: number, _count: number, read: number) => {
        this.#view().setUint32(read, 0, true);
        return success;
      },
      fd_write: (descriptor: number, vectors: number, count: number, written: number) => {
        let total = 0;
        for (let index = 0; index < count; index++) {
          const at = this.#view().getUint32(vectors + 8 * index, true);
          const length = this.#view().getUint32(vectors + 8 * index + 4, true);
          if (descriptor === fileDescriptor) this.#write(this.#bytes(at, length));
          total += length;
        }
        this.#view().setUint32(written, total, true);
        return success;
      },
      fd_seek: (descriptor: number, offset: bigint, origin: number, position: number) => {
        if (descriptor !== fileDescriptor) return illegalSeek;
        const from = [0, this.#position, this.#fileSize][origin] ?? 0;
        this.#position = from + Number(offset);
        this.#view().setBigUint64(position, BigInt(this.#position), true);
        return success;
      },
      fd_close: () => success,
      proc_exit: (code: number) => {
        throw new Error(`the command ended with ${code}`);
      },
    };
  }

  #write(bytes: Uint8Array): void {
    const end = this.#position + bytes.length;
    if (end > this.#file.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#file.length));
      larger.set(this.#file);
      this.#file = larger;
    }
    this.#file.set(bytes, this.#position);
    this.#position = end;
    this.#fileSize = Math.max(this.#fileSize, end);
  }

  /** A new view each time: the memory's buffer is replaced when it grows. */
  #view(): DataView {
    return new DataView(this.#memory.buffer);
  }

  #bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, at, length);
  }
}
