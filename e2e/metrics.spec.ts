import { readFileSync } from "node:fs";
import { dashboardQueries } from "./support/dashboard-queries";
import { debianProgram } from "@parley/fleet/testing/debian-program";
import { testPort } from "./support/port";
import { Prometheus } from "./support/prometheus";
import { expect, test } from "./support/test";

test("a real Prometheus reads both servers, and the dashboard's questions have answers", async ({
  talker,
}) => {
  test.setTimeout(480_000);
  const program = debianProgram("prometheus", "prometheus");
  test.skip("missing" in program, "missing" in program ? program.missing : "");
  if ("missing" in program) return;
  const prometheus = await Prometheus.start({
    program: program.path,
    environment: program.environment,
    port: testPort + 40,
    mediaServer: testPort,
    inference: testPort + 1,
  });
  try {
    await expect
      .poll(() => prometheus.targets())
      .toEqual({ "media-server": "up", inference: "up" });
    const room = await talker();
    await room.createAndGreet("Ann");
    await room.say("what is four times eleven", "rms");
    await room.expectAnswered();
    await room.expectState("listening");

    const one = async (query: string) => (await prometheus.values(query)).at(0) ?? 0;
    await expect.poll(() => one("sum(parley_members)")).toBeGreaterThanOrEqual(1);
    await expect.poll(() => one("parley_turns_total")).toBeGreaterThanOrEqual(1);
    await expect.poll(() => one("parley_answer_latency_seconds_count")).toBeGreaterThanOrEqual(1);
    await expect.poll(() => one("parley_microphone_packets_total")).toBeGreaterThan(50);
    await expect.poll(() => one("parley_synthesis_sound_seconds_total")).toBeGreaterThan(1);
    const total = await one("parley_answer_latency_seconds_sum");
    const parts = await one("sum(parley_answer_latency_part_seconds_sum)");
    expect(Math.abs(total - parts)).toBeLessThan(0.001);

    const shipped = readFileSync("docker/grafana/dashboards/parley.json", "utf8");
    const queries = dashboardQueries(JSON.parse(shipped)).map((query) =>
      query.replaceAll("$__rate_interval", "1m"),
    );
    const unanswered = async () => {
      const counts = await Promise.all(queries.map((query) => prometheus.values(query)));
      // Nothing has failed yet, so failures have no series.
      return queries.filter(
        (query, index) => counts[index]?.length === 0 && !/failures|errors/u.test(query),
      );
    };
    await expect.poll(unanswered).toEqual([]);
  } finally {
    await prometheus.stop();
  }
});
