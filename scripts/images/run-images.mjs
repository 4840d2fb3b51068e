import { randomBytes } from "node:crypto";
import path from "node:path";
import { Problem } from "../report/problem.mjs";
import { runStep } from "../report/step.mjs";
import { portFrom, requireFreePort } from "../run/ports.mjs";
import { waitUntilReady } from "../run/readiness.mjs";
import { REPOSITORY } from "../system/folders.mjs";
import { runCommand } from "../system/run-command.mjs";
import { openContainer } from "./container.mjs";
import { writtenOutside } from "./written-outside.mjs";

/**
 * Runs both images with what docker/compose.yaml sets, asks a question aloud, and looks at what they
 * leave behind.
 *
 * @param {object} choices
 * @param {import("./buildah.mjs").Buildah} choices.buildah
 * @param {string} choices.chromium
 */
export async function runImages({ buildah, chromium }) {
  const port = portFrom("PORT", 7860);
  const inferencePort = portFrom("INFERENCE_PORT", 8080);
  await requireFreePort(port, "PORT", "the web page");
  await requireFreePort(inferencePort, "INFERENCE_PORT", "the inference server");
  const common = { INFERENCE_KEY: randomBytes(16).toString("hex"), LOG_FORMAT: "readable" };
  const inference = await openContainer(buildah, "localhost/parley-inference", {
    ...common,
    INFERENCE_PORT: String(inferencePort),
    INFERENCE_HOST: "0.0.0.0",
    TZ: "UTC",
    // The question is asked by a synthetic voice, which this one knows.
    RECOGNIZER_MODEL: "builtin",
  });
  const mediaServer = await openContainer(buildah, "localhost/parley-media-server", {
    ...common,
    PORT: String(port),
    INFERENCE_URL: `ws://127.0.0.1:${inferencePort}`,
    ANNOUNCED_ADDRESS: "127.0.0.1",
  });
  const containers = [
    { name: "inference", container: inference, command: inference.start() },
    { name: "media-server", container: mediaServer, command: mediaServer.start() },
  ];
  /** @type {string[]} */
  const endings = [];
  try {
    const processes = () =>
      containers.map(({ name, command }) => ({
        name,
        crashes: 0,
        hasGivenUp: command.hasExited(),
      }));
    await runStep("Starting both images", (progress) =>
      waitUntilReady(`http://127.0.0.1:${port}/ready`, { processes, progress }),
    );
    for (const { name, container } of containers) await checkHealth(name, container);
    await runStep("Asking a question aloud", () =>
      runCommand(
        process.execPath,
        [
          "--import",
          "tsx",
          path.join("e2e", "images", "spoken-question.ts"),
          `http://localhost:${port}`,
        ],
        {
          cwd: REPOSITORY,
          env: { ...process.env, PARLEY_CHROMIUM: chromium },
          onLine: (line) => console.log(`  ${line}`),
        },
      ),
    );
  } finally {
    for (const { name, command } of containers) {
      endings.push(`${name} ended with exit code ${await command.stop()}`);
    }
  }
  console.log(`  When asked to, ${endings.join(", ")}.`);
  for (const { name, container } of containers) {
    const files = await writtenOutside(container.root, container.config.Volumes);
    if (files.length === 0) continue;
    throw new Problem(
      `${name} wrote outside of its volumes, which a read-only root forbids.`,
      "have it write to a volume or to /tmp.",
      { details: files.join("\n") },
    );
  }
  console.log(
    "Both images run, hear and answer, without root and without writing outside of volumes.",
  );
}

/**
 * Runs an image's own health check, as an engine does.
 *
 * @param {string} name
 * @param {Awaited<ReturnType<typeof openContainer>>} container
 */
async function checkHealth(name, container) {
  const [kind, ...command] = container.config.Healthcheck?.Test ?? [];
  if (kind !== "CMD") throw new Problem(`${name} has no health check.`, "give its Dockerfile one.");
  await container.execute(command);
  console.log(`  ${name} is healthy by its own check.`);
}
