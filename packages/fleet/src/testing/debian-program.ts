import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A program to run, or the reason why it cannot be had. */
export type DebianProgram = { path: string; environment: NodeJS.ProcessEnv } | { missing: string };

/** Limit of each step with apt, in ms. */
const aptLimitMs = 180_000;

/**
 * A program of Debian's: the installed one, or else, for root, one that is unpacked beside the system
 * from Debian's packages, so that no service starts and nothing stays but files in the temporary
 * folder.
 *
 * @param name of the program
 * @param packageName the Debian package that has it
 */
export function debianProgram(name: string, packageName: string): DebianProgram {
  const searched = [...(process.env.PATH ?? "").split(delimiter), ...programFolders("/")];
  const installed = findIn(searched, name);
  if (installed !== null) return { path: installed, environment: process.env };
  if (process.getuid?.() !== 0)
    return { missing: `${name} is not installed; only root may fetch it` };
  const folder = join(tmpdir(), `parley-debian-${packageName}`);
  try {
    const path = unpacked(folder, name) ?? fetchAndUnpack(folder, name, packageName);
    if (path === null) return { missing: `Debian's package ${packageName} has no ${name}` };
    return { path, environment: { ...process.env, LD_LIBRARY_PATH: libraryFolders(folder) } };
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { missing: `${name} is not installed, and ${packageName} cannot be had: ${line}` };
  }
}

function fetchAndUnpack(folder: string, name: string, packageName: string): string | null {
  const archives = join(folder, "archives");
  mkdirSync(join(archives, "partial"), { recursive: true });
  const apt = (...words: string[]) =>
    execFileSync("apt-get", ["-qq", "-o", `Dir::Cache::archives=${archives}`, ...words], {
      timeout: aptLimitMs,
      stdio: "pipe",
    });
  const download = ["install", "--download-only", "--yes", "--no-install-recommends", packageName];
  try {
    apt(...download);
  } catch {
    apt("update");
    apt(...download);
  }
  for (const archive of readdirSync(archives).filter((file) => file.endsWith(".deb"))) {
    execFileSync("dpkg-deb", ["--extract", join(archives, archive), folder], { stdio: "pipe" });
  }
  return unpacked(folder, name);
}

function unpacked(folder: string, name: string): string | null {
  return findIn(programFolders(folder), name);
}

/** Folders of programs below a root; PostgreSQL keeps those of each version apart. */
function programFolders(root: string): string[] {
  const versions = join(root, "usr/lib/postgresql");
  const names = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
  const folders = names.map((version) => join(versions, version, "bin"));
  return [join(root, "usr/bin"), join(root, "usr/sbin"), ...folders];
}

function findIn(folders: readonly string[], name: string): string | null {
  const isProgram = (path: string) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  };
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

/** Where the libraries lie that were fetched with the program. */
function libraryFolders(folder: string): string {
  const libraries = join(folder, "usr/lib");
  return [libraries, ...readdirSync(libraries).map((name) => join(libraries, name))].join(
    delimiter,
  );
}
