/**
 * `npm run images`: builds the images of docker/ and runs them, on a machine without a container
 * engine, and asks a question aloud through both.
 *
 * As root on Debian, for Debian's buildah and debootstrap. Everything lies in one folder below the
 * system's temporary one, some 5 GB, which is deleted at the end. `--in FOLDER` names another, which is
 * kept: what was built in it before is not built again. `--cuda` also builds the image for cards, as
 * far as that can be done without NVIDIA's.
 */
import "./system/require-node.mjs";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { buildCardImage, checkLibraries } from "./images/card-image.mjs";
import { openContainer } from "./images/container.mjs";
import { makeBaseImage } from "./images/base-image.mjs";
import { openBuildah } from "./images/buildah.mjs";
import { runImages } from "./images/run-images.mjs";
import { Problem, runMain } from "./report/problem.mjs";
import { runStep } from "./report/step.mjs";
import { obtainChromium } from "./setup/chromium.mjs";
import { installPackages } from "./setup/packages.mjs";
import { installDebianPackages } from "./system/debian-packages.mjs";
import { REPOSITORY } from "./system/folders.mjs";
import { CommandFailed } from "./system/run-command.mjs";

/** What is built always. That for cards has stand-ins for most of what it needs: `--cuda`. */
const IMAGES = [
  {
    name: "localhost/parley-inference",
    dockerfile: "inference.Dockerfile",
    target: ["--target", "cpu"],
  },
  { name: "localhost/parley-media-server", dockerfile: "media-server.Dockerfile", target: [] },
];

const CARD_IMAGE = "localhost/parley-inference:cuda";

/**
 * @param {string} dockerfile
 * @param {string} stage
 */
async function baseOf(dockerfile, stage) {
  const text = await readFile(path.join(REPOSITORY, "docker", dockerfile), "utf8");
  return new RegExp(`^FROM (\\S+) AS ${stage}$`, "m").exec(text)?.[1] ?? "";
}

/**
 * @template Result
 * @param {string} title
 * @param {string} hint
 * @param {(progress: (text: string) => void) => Promise<Result>} work
 */
async function step(title, hint, work) {
  try {
    return await runStep(title, work, { hint });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    throw new Problem(`${title} failed.`, "the lines above say why.", {
      cause: error,
      details: `${error.message}\n${error.output}`,
    });
  }
}

await runMain(async () => {
  if (process.getuid?.() !== 0) {
    throw new Problem(
      "Images are built as root here.",
      "run it as root, or with Docker: docker compose build.",
    );
  }
  await installPackages(REPOSITORY);
  const chromium = await obtainChromium(REPOSITORY);
  await step("Installing buildah and debootstrap", "once", (progress) =>
    installDebianPackages(["buildah", "debootstrap"], "to build images", progress),
  );
  const { values } = parseArgs({ options: { in: { type: "string" }, cuda: { type: "boolean" } } });
  const folder = values.in ?? (await mkdtemp(path.join(os.tmpdir(), "parley-images-")));
  await mkdir(path.join(folder, "tmp"), { recursive: true });
  const buildah = openBuildah(folder);
  const isThere = (/** @type {string} */ name) =>
    buildah.read(["images", "--quiet", name]).then(
      () => true,
      () => false,
    );
  try {
    const base = await baseOf("inference.Dockerfile", "build");
    if (!(await isThere(base))) {
      await step(`Making a base that stands in for ${base}`, "about 2 minutes", (progress) =>
        makeBaseImage({ buildah, name: base, folder, progress }),
      );
    }
    /**
     * @param {string} name
     * @param {string} dockerfile
     * @param {string[]} more
     */
    const build = (name, dockerfile, more) =>
      step(`Building ${name}`, "some minutes", (progress) =>
        buildah.run(
          [
            ...["bud", "--pull-never", "--layers", "--format", "docker", "--tag", name, ...more],
            ...["--file", path.join("docker", dockerfile)],
            ...["--ignorefile", path.join("docker", `${dockerfile}.dockerignore`), REPOSITORY],
          ],
          (line) => /\bSTEP \d/.test(line) && progress(line.slice(0, 70)),
        ),
      );
    for (const { name, dockerfile, target } of IMAGES) {
      if (!(await isThere(name))) await build(name, dockerfile, target);
    }
    if (values.cuda === true) {
      const dockerfile = "inference.Dockerfile";
      await buildCardImage({
        buildah,
        base,
        standsInFor: await baseOf(dockerfile, "cuda"),
        build: (more) => build(CARD_IMAGE, dockerfile, more),
      });
      await checkLibraries(await openContainer(buildah, CARD_IMAGE, { LOG_LEVEL: "warn" }));
    }
    await runImages({ buildah, chromium });
  } finally {
    // Their file systems are mounted, and what is mounted cannot be deleted.
    await buildah.run(["rm", "--all"]).catch(() => undefined);
    if (values.in === undefined) await rm(folder, { recursive: true, force: true });
  }
});
