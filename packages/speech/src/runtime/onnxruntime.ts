import { createRequire } from "node:module";
import { constants } from "node:os";
import type * as Onnxruntime from "onnxruntime-node";

const require = createRequire(import.meta.url);
/** glibc's `RTLD_NODELETE`, which Node does not name: the library stays though Node lets go of it. */
const keepsLoaded = 0x1000;

/**
 * The runtime, loaded at its first use and not when this file is imported: until then
 * `loadLibraryFrom` may choose another copy of its library.
 *
 * Telemetry is off: the package's library would tell Microsoft of every process and model, and keep an
 * id of this machine. It looks at the variable once, as the process has it, so the main thread has to
 * come here before any other; threads have a copy of the variables.
 */
export function onnxruntime(): typeof Onnxruntime {
  process.env.ORT_DISABLE_TELEMETRY = "1";
  return require("onnxruntime-node") as typeof Onnxruntime;
}

/**
 * Loads onnxruntime's own library from another place than its package, for the whole process. The
 * runtime looks for the libraries of CUDA and TensorRT beside itself, and the dynamic linker takes a
 * library of the same name that is loaded already. To be called before the first model is opened;
 * Linux alone.
 *
 * @param file a copy of the installed package's `libonnxruntime.so.1`
 */
export function loadLibraryFrom(file: string): void {
  try {
    process.dlopen({ exports: {} }, file, constants.dlopen.RTLD_NOW | keepsLoaded);
  } catch {
    // Node always complains, since it is no add-on; one that is not loaded shows when its providers
    // are tried.
  }
}
