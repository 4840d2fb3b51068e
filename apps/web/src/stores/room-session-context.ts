import { createContext, useContext } from "react";
import { useStore } from "zustand";
import { createRoomClient } from "@parley/client/room/create-room-client";
import type { RoomClientPort } from "@parley/client/room/room-client";
import type { RoomSession } from "./room-session";
import type { RoomState } from "./room-store";
import type { RoomTranscript } from "./transcript-store";

/** Factory of room clients; tests provide a fake one. */
export const RoomClientFactoryContext = createContext<() => RoomClientPort>(createRoomClient);

/** Session of the room that the components below belong to. */
export const RoomSessionContext = createContext<RoomSession | null>(null);

export function useRoomSession(): RoomSession {
  const session = useContext(RoomSessionContext);
  if (session === null) throw new TypeError("used outside of a room");
  return session;
}

export function useRoomState<Value>(selector: (state: RoomState) => Value): Value {
  return useStore(useRoomSession().room, selector);
}

export function useTranscript<Value>(selector: (state: RoomTranscript) => Value): Value {
  return useStore(useRoomSession().transcript, selector);
}
