import net from "node:net";
import { describe, expect, it } from "vitest";
import { describeProblem } from "../report/problem.mjs";
import { portFrom, requireFreePort } from "./ports.mjs";

describe("a port from the environment", () => {
  it("has a default and can be chosen", () => {
    expect(portFrom("PORT", 7860, {})).toBe(7860);
    expect(portFrom("PORT", 7860, { PORT: "9000" })).toBe(9000);
  });

  it("must be a port", () => {
    expect(() => portFrom("PORT", 7860, { PORT: "many" })).toThrow("PORT=many is not a port");
    expect(() => portFrom("PORT", 7860, { PORT: "65536" })).toThrow("not a port");
  });
});

describe("a port that is in use", () => {
  it("is named together with the variable that moves it", async () => {
    const server = net.createServer();
    await new Promise((resolve) => server.listen(0, () => resolve(undefined)));
    const { port } = /** @type {net.AddressInfo} */ (server.address());
    const problem = await requireFreePort(port, "INFERENCE_PORT", "the inference server").catch(
      (error) => error,
    );
    await new Promise((resolve) => server.close(resolve));

    const text = describeProblem(problem);
    expect(text).toContain(`Port ${port}, for the inference server, is already in use.`);
    expect(text).toContain(`INFERENCE_PORT=${port + 10} npm start`);
    await expect(requireFreePort(port, "INFERENCE_PORT", "the server")).resolves.toBeUndefined();
  });
});
