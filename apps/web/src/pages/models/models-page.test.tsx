import { AppError, toWireError, type ErrorCode } from "@parley/shared/errors";
import type { ModelSummary } from "@parley/shared/protocol/models-api";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  builtInRecognizer,
  nemotronSpeech,
  sampleModel,
  sampleModels,
} from "../../testing/model-samples";
import { renderApp } from "../../testing/render-app";
import { operatorKeyStore } from "./operator-key";

const operatorKey = "correct-horse-battery";

let models: ModelSummary[];
let requested: string[];
/** Effect of a request on its model; undefined where the server never answers. */
let effect: ((model: ModelSummary, action: string) => Partial<ModelSummary> | AppError) | undefined;

beforeEach(() => {
  operatorKeyStore.setState({ operatorKey: null });
  models = [builtInRecognizer, nemotronSpeech];
  requested = [];
  effect = () => ({});
});

function failure(code: ErrorCode, message: string): Response {
  return Response.json({ error: toWireError(new AppError(code, message)) }, { status: 400 });
}

/** Answer of a server that has `models`. */
function answer(path: string): Response {
  const [, name, action] = /^\/api\/models\/(.+)\/(\w+)$/.exec(path) ?? [];
  if (name === undefined || action === undefined) return Response.json({ models });
  requested.push(`${action} ${name}`);
  const target = models.find((model) => model.name === name)!;
  const change = effect?.(target, action);
  if (change === undefined) return new Response(new ReadableStream());
  if (change instanceof AppError) return failure(change.code, change.message);
  models = models.map((model) => (model === target ? { ...model, ...change } : model));
  return Response.json({ models });
}

async function row(title: string): Promise<HTMLElement> {
  return screen.findByRole("listitem", { name: title });
}

async function press(name: RegExp): Promise<void> {
  await userEvent.click(await screen.findByRole("button", { name }));
}

describe("the list", () => {
  it("shows every model by its job, with its actions", async () => {
    models = sampleModels(0);
    renderApp("/models", answer);
    const hearing = await screen.findByRole("region", { name: "Hearing" });
    expect(within(hearing).getAllByRole("listitem")).toHaveLength(4);
    expect(screen.getByRole("heading", { name: "Taking turns" })).toBeTruthy();
    const buttons = screen.getAllByRole("button").map(({ textContent }) => textContent);
    expect(buttons.filter((text) => text !== "")).toEqual([
      "Download Nemotron Speech Streaming",
      "Cancel Parakeet TDT v3",
      "Remove Parakeet RNNT 1.1B",
      "Retry Parakeet RNNT 1.1B",
      "Cancel Magpie TTS Multilingual",
      "Remove Nemotron 3 Nano 4B",
      "Remove Smart Turn v3",
      "Use Smart Turn v3",
    ]);
    expect(screen.getByRole("alert").textContent).toContain("The disk is full");
  });

  it("shows the progress of a download, also to screen readers", async () => {
    models = sampleModels(0);
    renderApp("/models", answer);
    const bar = await screen.findByRole("progressbar", { name: "Downloading Parakeet TDT v3" });
    expect(bar.getAttribute("aria-valuenow")).toBe("37");
    expect(bar.getAttribute("aria-valuetext")).toMatch(
      /^37%, 940\sMB of 2.5\sGB, 38\sMB\/s, 41\ss left$/,
    );
    const unknown = screen.getByRole("progressbar", { name: "Preparing Magpie TTS Multilingual" });
    expect(unknown.hasAttribute("aria-valuenow")).toBe(false);
  });

  it("folds a long list to models on disk and recommended, and unfolds it", async () => {
    const others = Array.from({ length: 7 }, (_, index) =>
      sampleModel({ name: `other-${index}`, title: `Other ${index}` }),
    );
    models = [
      builtInRecognizer,
      nemotronSpeech,
      ...others.slice(1),
      { ...others[0]!, diskBytes: 1 },
    ];
    renderApp("/models", answer);
    const hearing = await screen.findByRole("region", { name: "Hearing" });
    const titles = () =>
      within(hearing)
        .getAllByRole("heading", { level: 3 })
        .map(({ textContent }) => textContent);
    expect(titles()).toEqual(["Built-in recogniser", "Nemotron Speech Streaming", "Other 0"]);
    await press(/^Show 6 more$/);
    expect(titles()).toHaveLength(9);
    expect(screen.getByRole("button", { name: "Show fewer" }).ariaExpanded).toBe("true");
  });

  it("distinguishes models with the same title", async () => {
    models = [nemotronSpeech, { ...nemotronSpeech, name: "nemotron-int8" }];
    renderApp("/models", answer);
    expect(await row("Nemotron Speech Streaming (nemotron-int8)")).toBeTruthy();
    expect(screen.getByRole("button", { name: /\(nemotron-streaming-en\)$/ })).toBeTruthy();
  });

  it("marks the built-in recogniser as a demonstration", async () => {
    renderApp("/models", answer);
    expect((await row("Built-in recogniser")).textContent).toMatch(/In use.*Demonstration/);
    expect((await row("Nemotron Speech Streaming")).textContent).toContain("Recommended");
    expect(screen.getByText(/use Nemotron Speech Streaming\./)).toBeTruthy();
  });

  it("is reached from the lobby", async () => {
    renderApp("/", answer);
    await userEvent.click(screen.getByRole("link", { name: "Models" }));
    expect(await screen.findByRole("heading", { name: "Models" })).toBeTruthy();
  });
});

describe("requests", () => {
  it("show optimistically, and keep the focus in the row", async () => {
    effect = undefined;
    renderApp("/models", answer);
    await press(/^Download Nemotron/);
    expect(screen.getByRole("progressbar", { name: /^Downloading Nemotron/ })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Nemotron Speech Streaming");
    expect(requested).toEqual(["pull nemotron-streaming-en"]);
  });

  it("lead from download to use, with an announcement of each step", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      effect = (_, action) => ({ state: action === "pull" ? "pulling" : "loading" });
      renderApp("/models", answer);
      await press(/^Download Nemotron/);
      const announcement = screen.getByText("Nemotron Speech Streaming is being downloaded.");
      expect(announcement.getAttribute("role")).toBe("status");
      models = [builtInRecognizer, { ...nemotronSpeech, state: "ready", diskBytes: 9 }];
      await act(() => vi.advanceTimersByTimeAsync(1_100));
      await waitFor(() => {
        expect(announcement.textContent).toBe("Nemotron Speech Streaming is ready.");
      });
      await press(/^Use Nemotron/);
      expect(announcement.textContent).toBe("Nemotron Speech Streaming is being loaded.");
      models = [
        { ...builtInRecognizer, isActive: false },
        { ...nemotronSpeech, state: "ready", diskBytes: 9, isActive: true },
      ];
      await act(() => vi.advanceTimersByTimeAsync(1_100));
      await waitFor(() => {
        expect(announcement.textContent).toContain("Nemotron Speech Streaming is in use.");
      });
      expect(screen.queryByText(/demonstration ear/)).toBeNull();
      expect(screen.getByRole("button", { name: /^Use Built-in/ })).toBeTruthy();
    } finally {
      vi.useRealTimers();
    }
  });

  it("are confirmed before anything is deleted", async () => {
    models = [builtInRecognizer, { ...nemotronSpeech, state: "ready", diskBytes: 2_500_000_000 }];
    effect = () => ({ state: "absent", diskBytes: 0 });
    renderApp("/models", answer);
    await press(/^Remove Nemotron/);
    const dialog = screen.getByRole("dialog", { name: "Remove Nemotron Speech Streaming?" });
    await userEvent.click(within(dialog).getByRole("button", { name: "Keep" }));
    expect(requested).toEqual([]);
    await press(/^Remove Nemotron/);
    await press(/^Remove$/);
    expect(requested).toEqual(["remove nemotron-streaming-en"]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(document.activeElement?.textContent).toBe("Nemotron Speech Streaming");
    expect(await screen.findByRole("button", { name: /^Download Nemotron/ })).toBeTruthy();
  });

  it("that fail show the reason and are rolled back", async () => {
    effect = () => new AppError("invalid-state", "Another download is under way.");
    renderApp("/models", answer);
    await press(/^Download Nemotron/);
    expect((await screen.findByRole("alert")).textContent).toBe("Another download is under way.");
    expect(screen.getByRole("button", { name: /^Download Nemotron/ })).toBeTruthy();
  });
});

describe("access", () => {
  const guarded = (path: string, _body: unknown, headers: Headers) => {
    const authorization = headers.get("authorization");
    if (authorization === `Bearer ${operatorKey}`) return answer(path);
    return failure("operator-only", "The operator’s key is needed.");
  };

  it("needs the operator’s key, which is kept with the tab", async () => {
    renderApp("/models", guarded);
    const field = await screen.findByLabelText("Operator’s key");
    await userEvent.type(field, "wrong{Enter}");
    expect(await screen.findByText("This is not the operator’s key.")).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, "schlüssel{Enter}");
    expect(await screen.findByText("This is not the operator’s key.")).toBeTruthy();
    await userEvent.clear(field);
    await userEvent.type(field, ` ${operatorKey}{Enter}`);
    await press(/^Download Nemotron/);
    expect(requested).toEqual(["pull nemotron-streaming-en"]);
    expect(Object.values(sessionStorage)).toEqual([operatorKey]);
    expect(JSON.stringify(localStorage)).not.toContain(operatorKey);
  });

  it("shows that inference cannot be reached, and retries", async () => {
    let isAway = true;
    renderApp("/models", (path) =>
      isAway ? failure("agent-unavailable", "The inference server does not answer.") : answer(path),
    );
    expect((await screen.findByRole("alert")).textContent).toContain("does not answer");
    isAway = false;
    await press(/^Look again$/);
    expect(await row("Built-in recogniser")).toBeTruthy();
  });
});
