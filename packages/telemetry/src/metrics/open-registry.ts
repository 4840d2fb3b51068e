import { collectDefaultMetrics, Registry } from "prom-client";

/** Metrics of one server, with those of its process: memory, processor, event-loop lag, collections. */
export function openRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return registry;
}
