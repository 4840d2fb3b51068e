import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { sampleHouse } from "../../testing/model-samples";
import { renderApp } from "../../testing/render-app";

function renderLobby(house: ReturnType<typeof sampleHouse>): void {
  renderApp("/", (path) =>
    path === "/api/house" ? Response.json(house) : new Response(null, { status: 404 }),
  );
}

async function strip(): Promise<HTMLElement> {
  return screen.findByRole("region", { name: "What hears, thinks and speaks here" });
}

describe("HouseStrip", () => {
  it("names ear, brain and voice, and the step that would help", async () => {
    renderLobby(sampleHouse());
    const { textContent } = await strip();
    expect(textContent).toContain("Hears with Moonshine Tiny");
    expect(textContent).toContain("thinks with the built-in script, speaks with Flite.");
    expect(textContent).toContain("The brain is a demonstration.");
    expect(textContent).toMatch(/Nemotron Speech Streaming \(2\.5\sGB\) would hear better/);
    const link = screen.getByRole("link", { name: "Set up better ones" });
    expect(link.getAttribute("href")).toBe("/models");
  });

  it("says that a better one is on its way, or here", async () => {
    const { better } = sampleHouse();
    renderLobby(sampleHouse({ better: { ...better!, state: "ready" } }));
    expect((await strip()).textContent).toContain("is here, and would hear better");
  });

  it("leads the operator to the models when nothing is missing", async () => {
    renderLobby(sampleHouse({ better: null }));
    await strip();
    expect(screen.getByRole("link", { name: "Models" })).toBeTruthy();
  });

  it("has no link for guests", async () => {
    renderLobby(sampleHouse({ better: null, isOperator: false }));
    expect((await strip()).textContent).toContain("Hears with Moonshine Tiny");
    expect(screen.queryByRole("link", { name: /Models|better/ })).toBeNull();
  });
});
