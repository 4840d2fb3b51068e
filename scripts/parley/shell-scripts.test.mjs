import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { REPOSITORY } from "../system/folders.mjs";

const shellcheck = spawnSync("shellcheck", ["--version"]).status === 0;

/** Every shell script of the project. */
const scripts = (
  await Promise.all(
    ["scripts", "docker"].map(async (folder) => {
      const files = await readdir(path.join(REPOSITORY, folder), { recursive: true });
      return files.map((file) => path.join(folder, file));
    }),
  )
)
  .flat()
  .filter((file) => /\.(?:sh|sbatch)$/.test(file));

describe.skipIf(process.platform === "win32")("the shell scripts", () => {
  it("are found", () => {
    expect(scripts).toEqual(
      expect.arrayContaining([
        path.join("scripts", "parley.sh"),
        path.join("docker", "with-cuda.sh"),
      ]),
    );
  });

  it.each(scripts)("%s can be read by a shell", (script) => {
    expect(spawnSync("bash", ["-n", script], { cwd: REPOSITORY, encoding: "utf8" }).stderr).toBe(
      "",
    );
  });

  it.skipIf(!shellcheck).each(scripts)("%s is clean by shellcheck", (script) => {
    const { stdout } = spawnSync("shellcheck", ["--external-sources", script], {
      cwd: REPOSITORY,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  });
});
