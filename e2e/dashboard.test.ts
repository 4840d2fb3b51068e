/** The dashboard that ships against the metrics that there are. */
import { readFileSync } from "node:fs";
import { inferenceMetrics } from "@parley/inference/telemetry/inference-metrics";
import { mediaMetrics } from "@parley/media-server/telemetry/media-metrics";
import { openRegistry } from "@parley/telemetry/metrics/open-registry";
import { expect, it } from "vitest";
import { dashboardQueries } from "./support/dashboard-queries";

const dashboard: unknown = JSON.parse(
  readFileSync(new URL("../docker/grafana/dashboards/parley.json", import.meta.url), "utf8"),
);

async function declaredNames(): Promise<Set<string>> {
  const [media, inference] = [openRegistry(), openRegistry()];
  mediaMetrics(media);
  inferenceMetrics(inference);
  const metrics = [...(await media.getMetricsAsJSON()), ...(await inference.getMetricsAsJSON())];
  // A histogram has three series.
  return new Set(
    metrics.flatMap(({ name, type }) =>
      String(type) === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

it("asks only for metrics that exist", async () => {
  const queries = dashboardQueries(dashboard);
  expect(queries.length).toBeGreaterThan(20);
  const declared = await declaredNames();
  const asked = queries.flatMap(
    (query) => query.match(/\b(?:parley|nodejs|process)_[a-z0-9_]+/gu) ?? [],
  );
  expect(new Set(asked).size).toBeGreaterThan(20);
  expect(asked.filter((name) => !declared.has(name))).toEqual([]);
});

it("has a name and a meaning on each panel", () => {
  const panels = (dashboard as { panels: { type: string; title: string; description?: string }[] })
    .panels;
  const unsaid = panels.filter(
    ({ type, title, description = "" }) => title === "" || (type !== "row" && description === ""),
  );
  expect(unsaid).toEqual([]);
});
