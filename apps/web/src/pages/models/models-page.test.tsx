import { AppError, toWireError, type ErrorCode } from "@parley/shared/errors";
import type { ModelsOverview, ModelSummary } from "@parley/shared/protocol/models-api";
import { act, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import {
  builtInRecognizer,
  nemotronSpeech,
  sampleModel,
  sampleHouse,
  sampleModels,
  sampleOverview,
} from "../../testing/model-samples";
import { renderApp } from "../../testing/render-app";
import { operatorKeyStore } from "../../stores/operator-key";

const operatorKey = "correct-horse-battery";

let models: ModelSummary[];
let requested: string[];
/** Changes of the overview beside its models. */
let told: Partial<ModelsOverview>;
/** Effect of a request on its model; undefined where the server never answers. */
let effect: ((model: ModelSummary, action: string) => Partial<ModelSummary> | AppError) | undefined;

beforeEach(() => {
  operatorKeyStore.setState({ operatorKey: null });
  models = [builtInRecognizer, nemotronSpeech];
  requested = [];
  told = {};
  effect = () => ({});
});

function failure(code: ErrorCode, message: string): Response {
  return Response.json({ error: toWireError(new AppError(code, message)) }, { status: 400 });
}

/** Answer of a server that has `models`. */
function answer(path: string): Response {
  if (path === "/api/house") return Response.json(sampleHouse());
  const [, encoded, action] = /^\/api\/models\/(.+)\/(\w+)$/.exec(path) ?? [];
  if (encoded === undefined || action === undefined) return overview();
  const name = decodeURIComponent(encoded);
  requested.push(`${action} ${name}`);
  const target = models.find((model) => model.name === name.split(":")[0])!;
  const change = effect?.(target, action);
  if (change === undefined) return new Response(new ReadableStream());
  if (change instanceof AppError) return failure(change.code, change.message);
  models = models.map((model) => (model === target ? { ...model, ...change } : model));
  return overview();
}

function overview(): Response {
  return Response.json({ ...sampleOverview(models), ...told });
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
      "Download and use Nemotron Speech Streaming",
      "Cancel Parakeet TDT v3",
      "Remove Parakeet RNNT 1.1B",
      "Try again Parakeet RNNT 1.1B",
      "Cancel Magpie TTS Multilingual",
      "Remove Nemotron 3 Nano 4B",
      "Use Nemotron 3 Nano 4B",
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

  it("shows all forms of a model in one row, and asks for the chosen one", async () => {
    const exported = sampleModel({
      name: "nemotron-80ms-onnx",
      title: "Nemotron Speech Streaming, 80 ms",
      family: nemotronSpeech.name,
      form: "chunks of 80 ms, 8 bit, ready to run",
      downloadBytes: 660_000_000,
    });
    models = [builtInRecognizer, nemotronSpeech, exported];
    renderApp("/models", answer);
    const hearing = await screen.findByRole("region", { name: "Hearing" });
    expect(within(hearing).getAllByRole("listitem")).toHaveLength(2);
    const forms = screen.getByRole<HTMLSelectElement>("combobox", {
      name: "Form of Nemotron Speech Streaming",
    });
    expect(forms.value).toBe("nemotron-streaming-en:int8-dynamic");
    expect([...forms.options].map(({ text }) => text)).toEqual([
      "32 bit, as published · about 2.5\u00a0GB",
      "8 bit, quickest · about 640\u00a0MB",
      "Chunks of 80 ms, 8 bit, ready to run",
    ]);
    await press(/^Download and use Nemotron/);
    await userEvent.selectOptions(forms, "nemotron-80ms-onnx");
    expect((await row("Nemotron Speech Streaming")).textContent).toContain("660\u00a0MB");
    await press(/^Download and use Nemotron/);
    expect(requested).toEqual([
      "adopt nemotron-streaming-en:int8-dynamic",
      "adopt nemotron-80ms-onnx",
    ]);
  });

  it("switches the precision of the model in use", async () => {
    models = [
      { ...builtInRecognizer, isActive: false },
      {
        ...nemotronSpeech,
        state: "ready",
        diskBytes: 9,
        isActive: true,
        activePrecision: "fp32",
      },
    ];
    renderApp("/models", answer);
    const forms = await screen.findByRole<HTMLSelectElement>("combobox");
    expect(forms.value).toBe("nemotron-streaming-en:fp32");
    expect(screen.queryByRole("button", { name: /^Use Nemotron/ })).toBeNull();
    await userEvent.selectOptions(forms, "nemotron-streaming-en:int8-dynamic");
    await press(/^Use Nemotron/);
    expect(requested).toEqual(["use nemotron-streaming-en:int8-dynamic"]);
  });

  it("says how language models run, and switches to one that is here", async () => {
    const brain = sampleModel({ name: "nano", title: "Nano", job: "think", usage: "live" });
    models = [{ ...brain, state: "ready", diskBytes: 9 }];
    renderApp("/models", answer);
    await row("Nano");
    expect(screen.getByText(/run in Parley itself, by llama\.cpp/)).toBeTruthy();
    await press(/^Use Nano/);
    expect(requested).toEqual(["use nano"]);
  });

  it("says what the hub was not asked yet, and offers the download all the same", async () => {
    models = [builtInRecognizer, { ...nemotronSpeech, downloadBytes: null, licence: null }];
    told = { hub: { title: "Hugging Face", state: "unreachable" } };
    renderApp("/models", answer);
    expect(await screen.findByText("Hugging Face cannot be reached")).toBeTruthy();
    const { textContent } = await row("Nemotron Speech Streaming");
    expect(textContent).toContain("size not known yet");
    expect(textContent).toContain("Its page and licence");
    expect(screen.getByRole("button", { name: /^Download and use Nemotron/ })).toBeTruthy();
  });

  it("offers no download where none is allowed", async () => {
    told = { hub: { title: "Hugging Face", state: "offline" } };
    renderApp("/models", answer);
    expect(await screen.findByText("Downloads are switched off")).toBeTruthy();
    expect(screen.queryByRole("button", { name: /^Download/ })).toBeNull();
  });

  it("tells what hinders a download, and which setting names a model", async () => {
    const notice = "Hugging Face cannot be reached. Trying again (3 of 6)…";
    models = [builtInRecognizer, { ...nemotronSpeech, state: "pulling", notice }];
    told = { pinned: [{ job: "hear", setting: "RECOGNIZER_MODEL" }] };
    renderApp("/models", answer);
    expect(await screen.findByText(notice)).toBeTruthy();
    expect(screen.getByText(/^RECOGNIZER_MODEL names one at every start/)).toBeTruthy();
  });

  it("marks the built-in recogniser as a demonstration", async () => {
    renderApp("/models", answer);
    expect((await row("Built-in recogniser")).textContent).toMatch(/In use.*Demonstration/);
    const recommended = (await row("Nemotron Speech Streaming")).textContent;
    expect(recommended).toContain("Recommended");
    expect(recommended).toContain("Eight cores carry it in 8 bit.");
    expect(screen.getByText(/with 8 cores and 16\sGB of memory/)).toBeTruthy();
    expect(screen.getByText(/use Nemotron Speech Streaming\./)).toBeTruthy();
  });

  it("is reached from the lobby", async () => {
    renderApp("/", answer);
    await userEvent.click(await screen.findByRole("link", { name: "Set up better ones" }));
    expect(await screen.findByRole("heading", { name: "Models" })).toBeTruthy();
  });
});

describe("requests", () => {
  it("show optimistically, and keep the focus in the row", async () => {
    effect = undefined;
    renderApp("/models", answer);
    await press(/^Download and use Nemotron/);
    expect(screen.getByRole("progressbar", { name: /^Downloading Nemotron/ })).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Nemotron Speech Streaming");
    expect(requested).toEqual(["adopt nemotron-streaming-en:int8-dynamic"]);
  });

  it("lead from download to use, with an announcement of each step", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      effect = (_, action) => ({ state: action === "adopt" ? "pulling" : "loading" });
      renderApp("/models", answer);
      await press(/^Download and use Nemotron/);
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
    expect(await screen.findByRole("button", { name: /^Download and use Nemotron/ })).toBeTruthy();
  });

  it("that fail show the reason and are rolled back", async () => {
    effect = () => new AppError("invalid-state", "Another download is under way.");
    renderApp("/models", answer);
    await press(/^Download and use Nemotron/);
    expect((await screen.findByRole("alert")).textContent).toBe("Another download is under way.");
    expect(screen.getByRole("button", { name: /^Download and use Nemotron/ })).toBeTruthy();
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
    await press(/^Download and use Nemotron/);
    expect(requested).toEqual(["adopt nemotron-streaming-en:int8-dynamic"]);
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
