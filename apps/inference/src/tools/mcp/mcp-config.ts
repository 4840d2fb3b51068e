import { AppError } from "@parley/shared/errors";
import { toolSetNameSchema } from "@parley/shared/protocol/tool-use";
import { z } from "zod";

const common = {
  /** Name for people; by default that in the file. */
  title: z.string().min(1).max(100).optional(),
  /** Tools of the server that are offered; by default all. */
  tools: z.array(z.string().max(200)).optional(),
  /** Tools that only read, though the server does not say so. */
  reads: z.array(z.string().max(200)).default([]),
  /** Limit on one call, ms. */
  timeoutMs: z.int().min(100).max(600_000).default(30_000),
  disabled: z.boolean().default(false),
};

const texts = z.record(z.string(), z.string());

const stdioSchema = z.object({
  ...common,
  type: z.literal("stdio").optional(),
  command: z.string().min(1),
  args: z.array(z.string()).default([]),
  env: texts.default({}),
  cwd: z.string().optional(),
});

const httpSchema = z.object({
  ...common,
  type: z.enum(["http", "streamable-http", "streamableHttp"]).optional(),
  url: z.url({ protocol: /^https?$/u }),
  headers: texts.default({}),
});

const serverSchema = z.union([stdioSchema, httpSchema]);
const configSchema = z.object({ mcpServers: z.record(toolSetNameSchema, serverSchema) });

/** How one server of MCP is started or reached. */
export type McpServerConfig = z.infer<typeof serverSchema> & { name: string };

/**
 * Reads a configuration of MCP servers in the form that most programs share. `${NAME}` in values
 * stands for a variable of the environment, so that keys need not lie in the file.
 *
 * @throws AppError `invalid-request` that says what is wrong
 */
export function readMcpConfig(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): McpServerConfig[] {
  let value: unknown;
  try {
    value = JSON.parse(text, (_key, part: unknown) =>
      typeof part === "string" ? filledIn(part, environment) : part,
    );
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("invalid-request", "The file of MCP_SERVERS is not JSON.", { cause: error });
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const message = `The file of MCP_SERVERS cannot be used: ${z.prettifyError(parsed.error)}`;
    throw new AppError("invalid-request", message.slice(0, 1_000));
  }
  return Object.entries(parsed.data.mcpServers).map(([name, server]) => ({ name, ...server }));
}

function filledIn(text: string, environment: Readonly<Record<string, string | undefined>>): string {
  return text.replaceAll(/\$\{(\w+)\}/gu, (_whole, name: string) => {
    const value = environment[name];
    if (value !== undefined) return value;
    throw new AppError(
      "invalid-request",
      `The file of MCP_SERVERS wants ${name}, which is not set.`,
    );
  });
}
