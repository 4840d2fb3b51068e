// Fixture page, for looking at the app without a server: `vite dev`, then /fixture.html?scene=…,
// where the scene is lobby, models, models-refused, models-away, pre-join, unknown, or one of
// scenes.ts. Not part of the build.
import type { ErrorCode } from "@parley/shared/errors";
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { App } from "../app/app";
import { preferencesStore } from "../stores/preferences-store";
import { RoomClientFactoryContext } from "../stores/room-session-context";
import "../styles.css";
import { FakeRoomClient } from "@parley/client/testing/fake-room-client";
import { sampleHouse, sampleModels, sampleOverview } from "./model-samples";
import { sampleRoom, sampleRoomId } from "@parley/client/testing/room-samples";
import { playScene } from "./scenes";

const scene = new URLSearchParams(location.search).get("scene") ?? "lobby";

const room = sampleRoom({ title: "Planning the garden", memberCount: 2 });

function failure(code: ErrorCode, message: string): Response {
  return Response.json({ error: { code, message, isRetryable: false } }, { status: 400 });
}

function answer(path: string): Response {
  if (path === "/api/house") return Response.json(sampleHouse());
  switch (scene) {
    case "unknown":
      return failure("room-not-found", "no such room");
    case "models":
      return Response.json(sampleOverview(sampleModels(performance.now() / 1_000)));
    case "models-refused":
      return failure(
        "operator-only",
        "This is for whoever runs Parley. The key is the one set there as OPERATOR_KEY.",
      );
    case "models-away":
      return failure("agent-unavailable", "The inference server does not answer.");
    default:
      return Response.json(room);
  }
}

globalThis.fetch = (path) => Promise.resolve(answer(typeof path === "string" ? path : ""));

if (scene !== "pre-join") preferencesStore.setState({ name: "Ada" });
preferencesStore.setState({
  recentRooms: [
    { ...room, visitedAtMs: Date.now() - 86_400_000, firstWords: "Shall we start with beans?" },
    {
      ...room,
      roomId: sampleRoomId,
      title: "",
      visitedAtMs: Date.now() - 3 * 86_400_000,
      firstWords: "",
    },
  ].filter((_, index) => index === 0 || scene === "never"),
});

function pathOf(name: string): string {
  if (name === "lobby") return "/";
  return name.startsWith("models") ? "/models" : `/r/${sampleRoomId}`;
}

const root = document.getElementById("root");
if (root === null) throw new Error("fixture.html has no #root");

createRoot(root).render(
  <RoomClientFactoryContext
    value={() => {
      const client = new FakeRoomClient();
      client.onJoin = () => {
        playScene(client, scene);
      };
      return client;
    }}
  >
    <App
      router={(children) => (
        <MemoryRouter initialEntries={[pathOf(scene)]}>{children}</MemoryRouter>
      )}
    />
  </RoomClientFactoryContext>,
);
