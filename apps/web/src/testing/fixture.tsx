// A page for looking at the app without a server: `vite dev`, then /fixture.html?scene=…, where the
// scene is lobby, door, unknown, or one of scenes.ts. It is not part of the build.
import { createRoot } from "react-dom/client";
import { MemoryRouter } from "react-router";
import { App } from "../app/app";
import { preferencesStore } from "../stores/preferences-store";
import { RoomClientFactoryContext } from "../stores/room-session-context";
import "../styles.css";
import { FakeRoomClient } from "./fake-room-client";
import { sampleRoom, sampleRoomId } from "./room-samples";
import { playScene } from "./scenes";

const scene = new URLSearchParams(location.search).get("scene") ?? "lobby";

const room = sampleRoom({ title: "Planning the garden", memberCount: 2 });

globalThis.fetch = () =>
  Promise.resolve(
    scene === "unknown"
      ? Response.json(
          { error: { code: "room-not-found", message: "no such room", isRetryable: false } },
          { status: 404 },
        )
      : Response.json(room),
  );

if (scene !== "door") preferencesStore.setState({ name: "Ada" });
preferencesStore.setState({
  recentRooms: [
    { ...room, visitedAtMs: Date.now() - 86_400_000 },
    { ...room, roomId: sampleRoomId, title: "", visitedAtMs: Date.now() - 3 * 86_400_000 },
  ].filter((_, index) => index === 0 || scene === "never"),
});

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
        <MemoryRouter initialEntries={[scene === "lobby" ? "/" : `/r/${sampleRoomId}`]}>
          {children}
        </MemoryRouter>
      )}
    />
  </RoomClientFactoryContext>,
);
