import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { Problem } from "../report/problem.mjs";
import { REPOSITORY } from "../system/folders.mjs";

/**
 * Builds the image for NVIDIA's cards as far as it can be built without NVIDIA: on Debian in the place
 * of CUDA's image, and with a feed on loopback in the place of onnxruntime's.
 *
 * @param {object} choices
 * @param {import("./buildah.mjs").Buildah} choices.buildah
 * @param {string} choices.base The image that stands in for Node's, and here for NVIDIA's.
 * @param {string} choices.standsInFor NVIDIA's image, by the Dockerfile's name.
 * @param {(arguments_: string[]) => Promise<unknown>} choices.build
 */
export async function buildCardImage({ buildah, base, standsInFor, build }) {
  await buildah.run(["tag", base, `docker.io/${standsInFor}`]);
  const feed = spawn(
    process.execPath,
    ["--import", "tsx", path.join("scripts", "images", "stand-in-feed.ts")],
    { cwd: REPOSITORY, stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const [address] = await once(createInterface({ input: feed.stdout }), "line");
    await build(["--target", "cuda", "--build-arg", `CUDA_FEED=${address}`]);
  } finally {
    feed.kill();
  }
}

/**
 * Looks whether the image for cards finds its libraries through the volume of the cache.
 *
 * @param {{ execute: (command: string[]) => Promise<string> }} container
 */
export async function checkLibraries(container) {
  const status = await container.execute([
    ...["/bin/sh", "/parley/with-cuda.sh"],
    ...["node", "apps/command-line/bin/parley.mjs", "gpu", "status"],
  ]);
  if (!/^cuda: onnxruntime \S+: \/cache\/onnxruntime\//m.test(status)) {
    throw new Problem(
      "The image for cards does not find CUDA's libraries.",
      "look at docker/with-cuda.sh.",
      { details: status },
    );
  }
  console.log("  The image for cards finds CUDA's libraries, which here are none that compute.");
}
