import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";

const serviceSchema = z.object({
  profiles: z.array(z.string()).default([]),
  image: z.string().optional(),
  scale: z.union([z.string(), z.number()]).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  entrypoint: z.array(z.string()).default([]),
  command: z.union([z.string(), z.array(z.string())]).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  extra_hosts: z.array(z.string()).default([]),
  network_mode: z.string().optional(),
  networks: z.object({ default: z.object({ aliases: z.array(z.string()) }) }).optional(),
});

/** A service as it would be started: all variables are filled in, a command is a list of words. */
export type Service = {
  name: string;
  image: string;
  scale: number;
  environment: Record<string, string>;
  /** Entry point and command. */
  command: string[];
  ports: string[];
  volumes: string[];
  extraHosts: string[];
  /** Names by which other containers know it. */
  names: string[];
  isOnHostNetwork: boolean;
};

/**
 * Services of a compose file that are started with these profiles.
 *
 * @param variables those of `.env`, and no others
 */
export function readComposeFile(
  file: string,
  profiles: readonly string[],
  variables: Readonly<Record<string, string>>,
): Service[] {
  // Filled in once it is read, as compose does: a value may have quotes.
  const document: unknown = parse(
    readFileSync(file, "utf8"),
    (_key, value: unknown) => (typeof value === "string" ? fillIn(value, variables) : value),
    { merge: true },
  );
  const { services } = z.object({ services: z.record(z.string(), serviceSchema) }).parse(document);
  return Object.entries(services)
    .filter(([, service]) => {
      const isAlways = service.profiles.length === 0;
      return isAlways || service.profiles.some((profile) => profiles.includes(profile));
    })
    .map(([name, service]) => {
      const { command, entrypoint, networks } = service;
      const words = typeof command === "string" ? splitWords(command) : command;
      return {
        name,
        image: service.image ?? "",
        scale: Number(service.scale ?? 1),
        environment: service.environment,
        command: [...entrypoint, ...words],
        ports: service.ports,
        volumes: service.volumes,
        extraHosts: service.extra_hosts,
        names: [name, ...(networks?.default.aliases ?? [])],
        isOnHostNetwork: service.network_mode === "host",
      };
    })
    .filter(({ scale }) => scale > 0);
}

/** Fills in `${NAME}` and `${NAME:-else}`, where what stands instead may have variables, too. */
export function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  const innermost = /\$\{(\w+)(?::-([^{}]*))?\}/g;
  let [before, after] = ["", text];
  while (before !== after) {
    before = after;
    after = before.replaceAll(innermost, (_, name: string, otherwise = "") => {
      const value = variables[name] ?? "";
      return value === "" ? String(otherwise) : value;
    });
  }
  return after;
}

/** Words as a shell has them, with quotes and without anything else. */
export function splitWords(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
