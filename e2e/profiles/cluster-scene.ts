import { rmSync } from "node:fs";
import { join } from "node:path";
import { debianProgram } from "@parley/fleet/testing/debian-program";
import { z } from "zod";
import { trustAuthority } from "../support/trust-authority";
import { ComposeRun } from "./compose-run";
import { answers, until } from "./until";

const password = "a-password-of-postgres";
const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(z.object({ scrapeUrl: z.string(), health: z.string() })),
  }),
});

/** As docs/containers.md says it of the profile `cluster`. */
const clusterVariables = {
  INFERENCE_KEY: "the-key-of-both-servers",
  RECOGNIZER_MODEL: "builtin",
  NATS_URL: "nats://nats:4222",
  POSTGRES_PASSWORD: password,
  DATABASE_URL: `postgres://parley:${password}@postgres:5432/parley`,
};

/** As it says it of `tls` and `metrics` beside that. */
const variables = {
  ...clusterVariables,
  METRICS_KEY: "the-key-of-the-metrics",
  SITE_ADDRESS: "localhost",
  SHARE_ADDRESS: "https://localhost",
  // Caddy, and media servers for each other: the machine's address is the first.
  TRUST_PROXY: "127.0.0.1,192.0.2.1",
  PARLEY_PAGES: "127.0.0.1:7860 127.0.0.1:7861",
  MEDIA_SERVER_ROUTING: "proxy",
};

/** Profile `cluster`: two pages, of which either leads to the server that has the room. */
export async function tryCluster(): Promise<void> {
  const run = await ComposeRun.start(["cluster"], clusterVariables);
  try {
    await untilAllAnswer(run);
    const pages = ["http://localhost:7860", "http://localhost:7861"];
    await run.onMachine("e2e/profiles/two-people.command.ts", pages);
    await run.onMachine("e2e/profiles/two-people.command.ts", pages.toReversed());
  } finally {
    await run.close();
  }
}

/**
 * Profiles `cluster`, `tls` and `metrics`: two of each server behind Caddy, found by NATS, with rooms in
 * PostgreSQL; a spoken question by HTTPS, two people in one room, and a Prometheus that finds all four.
 */
export async function tryClusterBehindCaddy(): Promise<void> {
  const certutil = debianProgram("certutil", "libnss3-tools");
  if ("missing" in certutil) throw new Error(certutil.missing);
  const run = await ComposeRun.start(["cluster", "tls", "metrics"], variables);
  const home = run.folderOf("browsers");
  try {
    await untilAllAnswer(run);
    const root = join(run.folderOf("caddy"), "caddy/pki/authorities/local/root.crt");
    trustAuthority(home, root, certutil);
    const browser = { HOME: home };
    await run.onMachine("e2e/images/spoken-question.ts", ["https://localhost"], browser);
    await run.onMachine("e2e/profiles/two-people.command.ts", ["https://localhost"], browser);

    const prometheus = `http://${run.addressOf("prometheus")}:9090/api/v1/targets?state=active`;
    const wanted = [
      ...[7860, 7861].map((port) => `http://host.docker.internal:${port}/metrics`),
      ...["inference", "inference-2"].map((name) => `http://${run.addressOf(name)}:8080/metrics`),
    ];
    await until("Prometheus reads every server", async () => {
      const { data } = targetsSchema.parse(await (await fetch(prometheus)).json());
      const up = data.activeTargets.filter(({ health }) => health === "up");
      return (
        up
          .map(({ scrapeUrl }) => scrapeUrl)
          .sort()
          .join() === wanted.sort().join()
      );
    });
    console.log("  Prometheus reads every server, which it found by name.");

    await run.kill("media-server");
    await run.onMachine("e2e/profiles/two-people.command.ts", ["https://localhost"], browser);
    console.log("  With one page killed Caddy leads to the other.");
  } finally {
    await run.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function untilAllAnswer(run: ComposeRun): Promise<void> {
  for (const url of [
    ...[7860, 7861].map((port) => `http://${run.machine.address}:${port}/ready`),
    ...["inference", "inference-2"].map((name) => `http://${run.addressOf(name)}:8080/ready`),
  ]) {
    await until(`${url} answers`, () => answers(url));
  }
  console.log("  All four servers are ready.");
}
