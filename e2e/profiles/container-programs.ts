import { execFileSync } from "node:child_process";
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { debianProgram } from "@parley/fleet/testing/debian-program";
import { findWorkerBin } from "@parley/media-server/testing/find-worker-bin";
import type { Service } from "./compose-file";

/** What runs in the place of a container. */
export type ContainerProgram = {
  program: string;
  parameters: string[];
  environment: Record<string, string>;
  /** What others make tells too much. */
  isOurs: boolean;
};

/** `nobody`, as whom programs run that refuse to be root, or that must not be. */
const nobody = 65_534;

/**
 * The program that a service's image has: our own servers as they are built here, those of others from
 * Debian, chat servers by a stand-in.
 *
 * @param service with the paths of its volumes in the place of the container's
 * @param folder for files that the image would have
 */
export function programOf(service: Service, folder: string): ContainerProgram {
  const { name, command, environment } = service;
  const [kind = ""] = /^[a-z]+(?:-server)?/.exec(name) ?? [];
  switch (kind) {
    case "inference":
      return ours("inference", environment);
    case "media-server": {
      // By the image, where compose says nothing.
      const worker = { MEDIASOUP_WORKER_BIN: findWorkerBin() ?? "" };
      return ours("media-server", { ...environment, ...worker });
    }
    case "nats":
      return debian("nats-server", "nats-server", command, environment);
    case "postgres":
      return postgres(service, folder);
    case "caddy": {
      const file = join(folder, "Caddyfile");
      copyFileSync("docker/Caddyfile", file);
      const parameters = ["run", "--config", file, "--adapter", "caddyfile"];
      const home = { HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
      return asNobody(debian("caddy", "caddy", parameters, { ...environment, ...home }), folder);
    }
    case "prometheus": {
      const key = join(folder, "metrics_key");
      writeFileSync(key, environment.METRICS_KEY ?? "");
      const shipped = readFileSync("docker/prometheus.yml", "utf8");
      const file = join(folder, "prometheus.yml");
      writeFileSync(file, shipped.replaceAll("/run/secrets/metrics_key", key));
      const places = [`--config.file=${file}`, `--storage.tsdb.path=${join(folder, "data")}`];
      return debian("prometheus", "prometheus", [...places, "--log.level=error"], environment);
    }
    case "llamacpp":
      return standIn(["llama-server", ...command], environment);
    case "vllm":
      return standIn(command, environment);
    default:
      throw new TypeError(`nothing is known that could stand in for ${name}`);
  }
}

/** The command of our Dockerfile, in the repository's root in the place of the image's. */
function ours(
  app: "inference" | "media-server",
  environment: Record<string, string>,
): ContainerProgram {
  const dockerfile = readFileSync(`docker/${app}.Dockerfile`, "utf8");
  const [, words = ""] = /^CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const [program, ...parameters] = JSON.parse(words) as string[];
  if (program !== "node") throw new TypeError(`the image of ${app} runs ${String(program)}`);
  return { program: process.execPath, parameters, environment, isOurs: true };
}

function debian(
  name: string,
  packageName: string,
  parameters: string[],
  environment: Record<string, string>,
): ContainerProgram {
  const found = debianProgram(name, packageName);
  if ("missing" in found) throw new Error(found.missing);
  const libraries = found.environment.LD_LIBRARY_PATH;
  const more = libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
  return {
    program: found.path,
    parameters,
    environment: { ...environment, ...more },
    isOurs: false,
  };
}

/** As the image's entry point does: a database of this user and name, with this password. */
function postgres({ environment }: Service, folder: string): ContainerProgram {
  const initdb = debian("initdb", "postgresql", [], environment);
  const given = (what: string) => environment[`POSTGRES_${what}`] ?? "";
  const data = join(folder, "data");
  const password = join(folder, "password");
  mkdirSync(data);
  writeFileSync(password, given("PASSWORD"));
  for (const path of [folder, data, password]) chownSync(path, nobody, nobody);
  const programs = dirname(initdb.program);
  const run = (name: string, parameters: string[], input = "") =>
    execFileSync(join(programs, name), parameters, {
      uid: nobody,
      gid: nobody,
      cwd: folder,
      input,
      stdio: "pipe",
      env: { ...process.env, ...initdb.environment },
    });
  run("initdb", [
    ...["-D", data, `--username=${given("USER")}`, `--pwfile=${password}`, "--encoding=UTF8"],
    ...["--auth-host=scram-sha-256", "--auth-local=trust", "--no-sync"],
  ]);
  run("postgres", ["--single", "-D", data, "postgres"], `create database ${given("DB")}\n`);
  writeFileSync(join(data, "pg_hba.conf"), "host all all all scram-sha-256\n");
  const settings = ["listen_addresses=*", "unix_socket_directories=", "log_min_messages=fatal"];
  return asNobody(
    {
      program: join(programs, "postgres"),
      parameters: ["-D", data, ...settings.flatMap((one) => ["-c", one])],
      environment: initdb.environment,
      isOurs: false,
    },
    folder,
  );
}

function standIn(command: string[], environment: Record<string, string>): ContainerProgram {
  const script = "e2e/profiles/stand-in-chat-server.process.ts";
  return {
    program: process.execPath,
    parameters: ["--import", "tsx", script, ...command],
    environment,
    isOurs: true,
  };
}

function asNobody(container: ContainerProgram, folder: string): ContainerProgram {
  chownSync(folder, nobody, nobody);
  const user = [`--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
  const parameters = [...user, container.program, ...container.parameters];
  return { ...container, program: "setpriv", parameters };
}
