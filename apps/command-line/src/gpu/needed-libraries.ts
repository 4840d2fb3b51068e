import { execFile } from "node:child_process";
import { access, open } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const dynamicSection = 6;
const offsetField = 24;
const entryBytes = 16;
/** `DT_NEEDED`. */
const needed = 1n;

/**
 * The shared libraries that a library of Linux needs, by the names under which the dynamic linker
 * looks for them (`DT_NEEDED` of its dynamic section).
 *
 * @returns none for a file that is no 64-bit ELF library
 */
export async function neededLibraries(file: string): Promise<string[]> {
  const handle = await open(file, "r");
  const read = async (position: number, length: number) => {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
  try {
    const head = await read(0, 64);
    if (head.length < 64 || head.toString("latin1", 0, 5) !== "\u007fELF\u0002") return [];
    const size = head.readUInt16LE(58);
    const table = await read(Number(head.readBigUInt64LE(40)), size * head.readUInt16LE(60));
    const section = (index: number) => ({
      type: table.readUInt32LE(index * size + 4),
      offset: Number(table.readBigUInt64LE(index * size + offsetField)),
      bytes: Number(table.readBigUInt64LE(index * size + 32)),
      link: table.readUInt32LE(index * size + 40),
    });
    const sections = Array.from({ length: table.length / size }, (_, index) => section(index));
    const dynamic = sections.find(({ type }) => type === dynamicSection);
    const strings = sections[dynamic?.link ?? -1];
    if (dynamic === undefined || strings === undefined) return [];
    const entries = await read(dynamic.offset, dynamic.bytes);
    const names = await read(strings.offset, strings.bytes);
    return Array.from({ length: entries.length / entryBytes }, (_, index) => index * entryBytes)
      .filter((at) => entries.readBigUInt64LE(at) === needed)
      .map((at) => {
        const start = Number(entries.readBigUInt64LE(at + 8));
        return names.toString("utf8", start, names.indexOf(0, start));
      });
  } finally {
    await handle.close();
  }
}

/** Those of some libraries that the dynamic linker would not find on this machine. */
export async function missingLibraries(
  names: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string[]> {
  const known = await knownLibraries(environment);
  const folders = (environment.LD_LIBRARY_PATH ?? "")
    .split(delimiter)
    .filter((name) => name !== "");
  const isThere = async (name: string) => {
    if (known.has(name)) return true;
    for (const folder of folders) {
      const found = await access(join(folder, name)).then(
        () => true,
        () => false,
      );
      if (found) return true;
    }
    return false;
  };
  const found = await Promise.all(names.map(isThere));
  return names.filter((_, index) => found[index] === false);
}

/** The linker's cache, as `ldconfig -p` prints it. */
async function knownLibraries(environment: NodeJS.ProcessEnv): Promise<ReadonlySet<string>> {
  const path = [environment.PATH ?? "", "/sbin", "/usr/sbin"].join(delimiter);
  const printed = await run("ldconfig", ["-p"], {
    env: { PATH: path },
    maxBuffer: 2 ** 24,
  }).catch(() => ({ stdout: "" }));
  return new Set([...printed.stdout.matchAll(/^\s+(\S+) \(/gmu)].map(([, name = ""]) => name));
}
