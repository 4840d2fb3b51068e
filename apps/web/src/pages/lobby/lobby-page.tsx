import { Link } from "react-router";
import { PageShell } from "../../components/page-shell";
import { useArrivalFocus } from "../../components/use-arrival-focus";
import { DeviceCheck } from "../../features/devices/device-check";
import { ThemeSwitch } from "../../features/theme/theme-switch";
import { LobbyLayout } from "./lobby-layout";
import { NewRoomForm } from "./new-room-form";
import { RecentRooms } from "./recent-rooms";

type LobbyPageProps = {
  /** Loads the room's code ahead of time. */
  prepareRoom: () => void;
};

/** Start page `/`: the name of the user, and the form for a new room. */
export function LobbyPage({ prepareRoom }: LobbyPageProps) {
  const heading = useArrivalFocus();
  return (
    <PageShell aside={<ThemeSwitch />}>
      <title>Parley</title>
      <LobbyLayout headingRef={heading} aside={<DeviceCheck />}>
        <NewRoomForm prepareRoom={prepareRoom} />
        <RecentRooms />
      </LobbyLayout>
      <footer className="flex justify-end pb-4 text-sm">
        <Link
          to="/models"
          className="inline-flex min-h-11 items-center rounded-lg text-ink-soft underline-offset-4 hover:text-ink hover:underline"
        >
          Models
        </Link>
      </footer>
    </PageShell>
  );
}
