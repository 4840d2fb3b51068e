import { inferenceServer } from "@parley/settings/declarations/inference-server";
import { webPage } from "@parley/settings/declarations/web-page";
import { z } from "zod";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Limit for an answer; a server on this machine needs far less. */
const answerLimitMs = 3_000;

const readinessSchema = z.object({
  isReady: z.boolean(),
  missing: z.array(z.string()).optional(),
});

type ServerPort = { name: "PORT" | "INFERENCE_PORT"; port: number; host: string | null };

/** The ports of the two servers: free, held by Parley itself, or held by something else. */
export async function checkPorts(context: CheckContext): Promise<Finding[]> {
  const { environment } = context;
  const page = webPage.PORT.schema.safeParse(environment.PORT);
  const inference = inferenceServer.INFERENCE_PORT.schema.safeParse(environment.INFERENCE_PORT);
  if (page.success && page.data !== 0 && page.data === inference.data) {
    const cure = `choose another with INFERENCE_PORT, for example: INFERENCE_PORT=${page.data + 10}`;
    return [wrong("PORT", `${page.data} is INFERENCE_PORT as well`, cure)];
  }
  const host = webPage.HOST.schema.parse(environment.HOST) ?? null;
  const inferenceHost = inferenceServer.INFERENCE_HOST.schema.parse(environment.INFERENCE_HOST);
  const ports: ServerPort[] = [];
  if (page.success) ports.push({ name: "PORT", port: page.data, host });
  if (inference.success) {
    ports.push({ name: "INFERENCE_PORT", port: inference.data, host: inferenceHost });
  }
  return await Promise.all(ports.map((serverPort) => checkPort(serverPort, context)));
}

async function checkPort(serverPort: ServerPort, context: CheckContext): Promise<Finding> {
  const { name, port, host } = serverPort;
  if (port === 0) return good(name, "any free port");
  const answer = await askReadiness(serverPort, context);
  if (answer !== null && answer !== "stranger") {
    if (answer.isReady) return good(name, `Parley is running on ${port}`);
    const missing = (answer.missing ?? []).map((part) => `${part} is missing`).join(", ");
    const message = `Parley is running on ${port}, but not ready${missing && `: ${missing}`}`;
    return remark(name, message, "look at its log; it may be loading its models");
  }
  const failure = await context.machine.listenBriefly(port, host);
  const other = `choose another with ${name}, for example: ${name}=${port + 10}`;
  if (failure === null && answer === null) return good(name, `${port} is free`);
  if (failure === null || failure === "EADDRINUSE") {
    return wrong(name, `another program uses ${port}`, `stop it, or ${other}`);
  }
  if (failure === "EADDRNOTAVAIL" || failure === "ENOTFOUND") {
    const variable = name === "PORT" ? "HOST" : "INFERENCE_HOST";
    const message = `${host ?? "its address"} is not an address of this machine (${failure})`;
    return wrong(name, message, `correct ${variable}, or unset it`);
  }
  return wrong(name, `${port} cannot be opened (${failure})`, other);
}

/** @returns null when nothing answers; "stranger" when it is not Parley */
async function askReadiness(
  { host, port }: ServerPort,
  { machine, clock, signal }: CheckContext,
): Promise<z.infer<typeof readinessSchema> | "stranger" | null> {
  const limit = new AbortController();
  const cancel = clock.schedule(answerLimitMs, () => {
    limit.abort(new DOMException("no answer in time", "TimeoutError"));
  });
  try {
    const url = `http://${reachable(host)}:${port}/ready`;
    const response = await machine.fetch(url, { signal: AbortSignal.any([signal, limit.signal]) });
    const answer = readinessSchema.safeParse(await response.json().catch(() => null));
    return answer.success ? answer.data : "stranger";
  } catch {
    signal.throwIfAborted();
    return limit.signal.aborted ? "stranger" : null;
  } finally {
    cancel();
  }
}

/** The address at which this machine reaches a server bound to `host`. */
function reachable(host: string | null): string {
  if (host === null || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
