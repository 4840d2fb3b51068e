import { lazy, Suspense } from "react";
import { Link, Route, Routes } from "react-router";
import { PageShell } from "../components/page-shell";
import { ErrorScreen } from "../components/error-screen";
import { LobbyPage } from "../pages/lobby/lobby-page";
import { useFocusHeading } from "./use-focus-heading";

// Lazy: WebRTC is most of the code, and the lobby needs none of it.
const loadRoomPage = () => import("../pages/room/room-page");
const RoomPage = lazy(async () => {
  const { RoomPage: component } = await loadRoomPage();
  return { default: component };
});

/** Loads the room's code before it is needed; failures show when it is. */
function prepareRoom(): void {
  loadRoomPage().catch(() => undefined);
}

// Lazy: only operators need it.
const ModelsPage = lazy(async () => {
  const { ModelsPage: component } = await import("../pages/models/models-page");
  return { default: component };
});

/** Page of each address. */
export function AppRoutes() {
  useFocusHeading();
  return (
    <Routes>
      <Route index element={<LobbyPage prepareRoom={prepareRoom} />} />
      <Route
        path="r/:roomId"
        element={
          <Suspense fallback={<PageShell>{null}</PageShell>}>
            <RoomPage />
          </Suspense>
        }
      />
      <Route
        path="models"
        element={
          <Suspense fallback={<PageShell>{null}</PageShell>}>
            <ModelsPage />
          </Suspense>
        }
      />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function NotFound() {
  return (
    <PageShell>
      <ErrorScreen
        title="Nothing here"
        advice="This address leads nowhere. Rooms live under links that begin with /r/."
        actions={
          <Link
            to="/"
            className="inline-flex min-h-11 items-center rounded-xl bg-accent px-4 font-medium text-accent-ink"
          >
            Back to the start
          </Link>
        }
      />
    </PageShell>
  );
}
