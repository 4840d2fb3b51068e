import { z } from "zod";

const dashboardSchema = z.object({
  panels: z.array(z.object({ targets: z.array(z.object({ expr: z.string() })).default([]) })),
});

/** The PromQL of every panel of a Grafana dashboard. */
export function dashboardQueries(dashboard: unknown): string[] {
  return dashboardSchema
    .parse(dashboard)
    .panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
}
