import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** Whether 1e-40 × 1 is 0 in a worker, of a process of its own, since onnxruntime flushes once. */
async function smallProduct(before: string): Promise<string> {
  const module = fileURLToPath(new URL("./flush-denormals.ts", import.meta.url));
  const code = `
    import { Worker } from "node:worker_threads";
    const { flushDenormals } = await import(${JSON.stringify(module)});
    ${before}
    const worker = new Worker(
      "const v = new Float32Array([1e-40]); v[0] *= 1; " +
        "require('node:worker_threads').parentPort.postMessage(v[0] === 0)",
      { eval: true, execArgv: [] },
    );
    worker.on("message", (isZero) => console.log(isZero));
  `;
  const words = ["--import", "tsx", "--input-type=module", "--eval", code];
  const { stdout } = await promisify(execFile)(process.execPath, words);
  return stdout.trim();
}

it("reaches the threads that are started afterwards", async () => {
  expect(await smallProduct("")).toBe("false");
  expect(await smallProduct("await flushDenormals();")).toBe("true");
});
