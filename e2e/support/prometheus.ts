import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";

const targetsSchema = z.object({
  data: z.object({
    activeTargets: z.array(
      z.object({
        labels: z.object({ job: z.string() }),
        health: z.string(),
        lastError: z.string(),
      }),
    ),
  }),
});

const configSchema = z.object({
  scrape_configs: z.array(
    z.object({ job_name: z.string(), authorization: z.object({ credentials_file: z.string() }) }),
  ),
});

const answerSchema = z.object({
  status: z.string(),
  data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }),
});

export type PrometheusOptions = {
  program: string;
  environment: NodeJS.ProcessEnv;
  port: number;
  /** Ports of the two servers. */
  mediaServer: number;
  inference: number;
};

/** A real Prometheus that reads both servers as `docker/prometheus.yml` says, once a second. */
export class Prometheus {
  readonly #url: string;
  readonly #stop: () => Promise<void>;

  /** Resolves when it answers. */
  static async start(options: PrometheusOptions): Promise<Prometheus> {
    const folder = mkdtempSync(join(tmpdir(), "parley-prometheus-"));
    const key = join(folder, "key");
    const config = join(folder, "prometheus.yml");
    writeFileSync(key, "a key for tests");
    writeFileSync(config, configOf(options, key));
    const child = spawn(
      options.program,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, "data")}`,
        `--web.listen-address=127.0.0.1:${options.port}`,
        "--log.level=error",
      ],
      { env: options.environment, stdio: ["ignore", "inherit", "inherit"] },
    );
    const exited = once(child, "exit");
    const url = `http://127.0.0.1:${options.port}`;
    const prometheus = new Prometheus(url, async () => {
      child.kill("SIGTERM");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    });
    for (;;) {
      const answer = await fetch(`${url}/-/ready`).catch(() => null);
      if (answer?.ok === true) return prometheus;
      if (child.exitCode !== null) throw new Error("Prometheus ended before it was ready");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
  }

  /** The health of each job: `up`, or the error. */
  async targets(): Promise<Record<string, string>> {
    const { data } = targetsSchema.parse(await this.#ask("targets?state=active"));
    return Object.fromEntries(
      data.activeTargets.map(({ labels, health, lastError }) => [labels.job, lastError || health]),
    );
  }

  /** The values of a query's series; none where there is no sample yet. */
  async values(query: string): Promise<number[]> {
    const answer = await this.#ask(`query?query=${encodeURIComponent(query)}`);
    return answerSchema.parse(answer).data.result.map(({ value }) => Number(value[1]));
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  async #ask(path: string): Promise<unknown> {
    return await (await fetch(`${this.#url}/api/v1/${path}`)).json();
  }
}

/** The configuration that ships, with this machine's addresses in the place of names. */
function configOf({ mediaServer, inference }: PrometheusOptions, key: string): string {
  const shipped = configSchema.parse(parse(readFileSync("docker/prometheus.yml", "utf8")));
  const ports = new Map([
    ["media-server", mediaServer],
    ["inference", inference],
  ]);
  const jobs = shipped.scrape_configs.map(({ job_name: job, authorization }) => {
    const port = ports.get(job);
    if (port === undefined) throw new TypeError(`no port is known for the job ${job}`);
    return {
      job_name: job,
      authorization: { ...authorization, credentials_file: key },
      static_configs: [{ targets: [`127.0.0.1:${port}`] }],
    };
  });
  return stringify({ global: { scrape_interval: "1s" }, scrape_configs: jobs });
}
