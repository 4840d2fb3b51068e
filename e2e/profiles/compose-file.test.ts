import { expect, it } from "vitest";
import { fillIn, readComposeFile, splitWords } from "./compose-file";

const file = "docker/compose.yaml";
const namesOf = (profiles: string[], variables = {}) =>
  readComposeFile(file, profiles, variables).map(({ name }) => name);

it("fills in variables, and what stands instead of an unset or empty one", () => {
  const variables = { A: "one", EMPTY: "" };
  expect(fillIn("${A} ${A:-two} ${EMPTY:-two} ${B:-${A:-x}} ${B}", variables)).toBe(
    "one one two one ",
  );
});

it("splits a command into words", () => {
  expect(splitWords('--model "a b" --host 0.0.0.0  \n --jinja')).toEqual([
    ...["--model", "a b", "--host", "0.0.0.0", "--jinja"],
  ]);
});

it("starts the services of the profiles, and those of none", () => {
  expect(namesOf([])).toEqual(["inference", "media-server"]);
  expect(namesOf(["cluster", "tls"]).sort()).toEqual(
    [
      ...["caddy", "inference", "inference-2", "media-server", "media-server-2"],
      ...["nats", "postgres"],
    ].sort(),
  );
  expect(namesOf(["gpu"], { CPU_WORKERS: "0" })).toEqual(["inference-gpu", "media-server"]);
});

it("takes an operator's variables, and the names by which a service is known", () => {
  const [gpu] = readComposeFile(file, ["gpu"], { CPU_WORKERS: "0", INFERENCE_KEY: 'a "key"' });
  expect(gpu?.names).toEqual(["inference-gpu", "inference"]);
  expect(gpu?.environment).toMatchObject({ INFERENCE_KEY: 'a "key"', INFERENCE_PORT: "8080" });
  expect(gpu?.environment.LLM_BASE_URL).toBe("");
});
