/**
 * CPU time of one input, in ms. Inputs have a few kB, which take a few ms; time on the CPU does not
 * depend on what else the machine does.
 */
const maxCpuMs = 3_000;
/** Bytes of buffers that one input may add. */
const maxBufferBytes = 256 * 1_024 * 1_024;

/** The time and memory that one input may take. */
export class Budget {
  readonly #cpu = process.cpuUsage();
  readonly #buffers = process.memoryUsage().arrayBuffers;

  /** @throws Error when too much was taken since the budget was made */
  require(): void {
    const { user, system } = process.cpuUsage(this.#cpu);
    const cpuMs = (user + system) / 1_000;
    if (cpuMs > maxCpuMs) throw new Error(`the input took ${cpuMs} ms on the CPU`);
    const bytes = process.memoryUsage().arrayBuffers - this.#buffers;
    if (bytes > maxBufferBytes) throw new Error(`the input took ${bytes} bytes of buffers`);
  }
}
