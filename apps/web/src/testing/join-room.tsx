import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { RoomSnapshot } from "@parley/shared/protocol/snapshot";
import { preferencesStore } from "../stores/preferences-store";
import type { FakeRoomClient } from "@parley/client/testing/fake-room-client";
import { renderApp } from "./render-app";
import {
  adaId,
  sampleRoom,
  sampleRoomId,
  sampleSnapshot,
} from "@parley/client/testing/room-samples";

export const roomPath = `/r/${sampleRoomId}`;

/**
 * Renders the app in a room that Ada has joined and that answered with this snapshot.
 *
 * @param shareAddress where the server says that others reach it
 */
export async function joinRoom(
  change: Partial<RoomSnapshot> = {},
  shareAddress: string | null = null,
): Promise<FakeRoomClient> {
  preferencesStore.setState({ name: "Ada" });
  const client = renderApp(roomPath, (path) =>
    Response.json(path === "/api/address" ? { shareAddress } : sampleRoom()),
  );
  await userEvent.click(await screen.findByRole("button", { name: "Join" }));
  act(() => {
    client.emit(
      { type: "snapshot-applied", memberId: adaId, snapshot: sampleSnapshot(change) },
      { type: "microphone-changed", microphone: { state: "open" } },
      { type: "connection-changed", connection: "connected" },
    );
  });
  return client;
}
