import { media } from "@parley/settings/declarations/media";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Limit of one attempt to reach an address, in ms. */
const attemptMs = 2_000;

const open = "open MEDIA_PORT for UDP and TCP, or correct ANNOUNCED_ADDRESS";

/** The ports of media, and whether they answer at the addresses that browsers are told. */
export async function checkMediaPort(context: CheckContext): Promise<Finding[]> {
  const { environment } = context;
  const port = media.MEDIA_PORT.schema.safeParse(environment.MEDIA_PORT).data;
  const workers = media.MEDIA_WORKERS.schema.safeParse(environment.MEDIA_WORKERS).data;
  const announced = media.ANNOUNCED_ADDRESS.schema.safeParse(environment.ANNOUNCED_ADDRESS).data;
  if (port === undefined || workers === undefined) return [];
  if (port === 0) {
    if (announced === undefined) return [good("MEDIA_PORT", "any free port")];
    const message = "any free port: no firewall can be opened for it";
    return [remark("MEDIA_PORT", message, "fix it, for example: MEDIA_PORT=40000")];
  }
  const ports = Array.from({ length: workers }, (_, index) => port + index);
  const states = await Promise.all(ports.map((each) => context.machine.listenBriefly(each, null)));
  const findings = [portsFinding(ports, states)];
  for (const address of announced ?? []) findings.push(await reach(address, port, context));
  return findings;
}

function portsFinding(ports: readonly number[], states: readonly (string | null)[]): Finding {
  const range = ports.length === 1 ? `${ports[0]}` : `${ports[0]} to ${ports.at(-1)}`;
  const failure = states.find((state) => state !== null && state !== "EADDRINUSE");
  if (failure !== undefined) {
    const cure = "choose another with MEDIA_PORT, for example: MEDIA_PORT=40000";
    return wrong("MEDIA_PORT", `${range} cannot be opened (${failure})`, cure);
  }
  if (states.every((state) => state === null)) return good("MEDIA_PORT", `${range} free`);
  const message = `${range} in use, by Parley if it is running`;
  return remark("MEDIA_PORT", message, "if it is not running, choose another with MEDIA_PORT");
}

/** Tried from inside: a router that does not lead back fails it too. */
async function reach(
  address: string,
  port: number,
  { machine, clock, signal }: CheckContext,
): Promise<Finding> {
  const limit = new AbortController();
  const cancel = clock.schedule(attemptMs, () => {
    limit.abort(new DOMException("no answer in time", "TimeoutError"));
  });
  const either = AbortSignal.any([signal, limit.signal]);
  const failure = await machine.reachesItself(address, port, either);
  cancel();
  signal.throwIfAborted();
  const subject = "ANNOUNCED_ADDRESS";
  if (failure === null) return good(subject, `${address} leads here`);
  if (failure === "ENOTFOUND" || failure === "EAI_AGAIN") {
    return wrong(subject, `the name ${address} is not known (${failure})`, "correct the name");
  }
  const message = `port ${port} does not answer at ${address} (${failure}), tried from here`;
  return remark(subject, message, `${open}; a router that does not lead back inside is no fault`);
}
