import { fleet } from "@parley/settings/declarations/fleet";
import { AppError } from "@parley/shared/errors";
import { type Finding, good, remark, wrong } from "../finding";
import type { CheckContext } from "../check-context";

/** Whether NATS answers, and which inference workers have entered themselves there. */
export async function checkNats({ environment, machine }: CheckContext): Promise<Finding[]> {
  const servers = fleet.NATS_URL.schema.safeParse(environment.NATS_URL);
  if (!servers.success || servers.data === undefined) return [];
  try {
    const workers = await machine.askWorkers(servers.data);
    if (workers.length === 0) {
      const cure = "start one with the same NATS_URL";
      return [remark("NATS_URL", "no inference worker is there", cure)];
    }
    const serving = workers.filter(({ card }) => card.isReady && !card.isDraining);
    const addresses = workers.map(({ url }) => new URL(url).host).join(", ");
    return [good("NATS_URL", `${serving.length} of ${workers.length} workers serve: ${addresses}`)];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = `NATS cannot be used: ${error.message}`;
    return [wrong("NATS_URL", message, "start it with --jetstream, or correct the address")];
  }
}
