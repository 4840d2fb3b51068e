import { createRequire } from "node:module";
import { constants } from "node:os";
import type * as Onnxruntime from "onnxruntime-node";

const require = createRequire(import.meta.url);
/** glibc's `RTLD_NODELETE`, which Node does not name: the library stays though Node lets go of it. */
const keepsLoaded = 0x1000;

/**
 * The runtime, loaded at its first use and not when this file is imported: until then
 * `loadLibraryFrom` may choose another copy of its library.
 */
export function onnxruntime(): typeof Onnxruntime {
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
