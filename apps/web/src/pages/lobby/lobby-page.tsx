import { PageShell } from "../../components/page-shell";
import { useArrivalFocus } from "../../components/use-arrival-focus";
import { DeviceCheck } from "../../features/devices/device-check";
import { HouseStrip } from "../../features/house/house-strip";
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
        <HouseStrip />
        <RecentRooms />
      </LobbyLayout>
    </PageShell>
  );
}
