import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const sizeMB = 4;
const fillerBytes = 4_096;

/** A file system in memory that is small, so that it is soon full. Linux, and root alone. */
export function mountSmallDisk(folder: string): void {
  mount("-t", "tmpfs", "-o", `size=${sizeMB}m`, "parley-faults", folder);
}

export function unmountSmallDisk(folder: string): void {
  execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
}

/** Why no disk can be mounted here; null where one can. */
export function whyNoSmallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), "parley-disk-"));
  try {
    mountSmallDisk(folder);
    unmountSmallDisk(folder);
    return null;
  } catch {
    return "a file system can be mounted by root alone";
  } finally {
    rmdirSync(folder);
  }
}

/** Fills the disk to the last byte. @returns a function that makes room again */
export function fillDisk(folder: string): () => void {
  const path = join(folder, "filler");
  const file = openSync(path, "w");
  try {
    for (let bytes = fillerBytes; bytes >= 1; bytes = Math.floor(bytes / 2)) {
      fillBy(file, bytes);
    }
  } finally {
    closeSync(file);
  }
  return () => {
    rmSync(path);
  };
}

function fillBy(file: number, bytes: number): void {
  const zeros = Buffer.alloc(bytes);
  try {
    while (writeSync(file, zeros) > 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
}

/** Forbids writing, or allows it again. */
export function setReadOnly(folder: string, isReadOnly: boolean): void {
  mount("-o", isReadOnly ? "remount,ro" : "remount,rw", folder);
}

function mount(...parameters: string[]): void {
  execFileSync("mount", parameters, { stdio: "ignore" });
}
