import { render } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { vi } from "vitest";
import { App } from "../app/app";
import { RoomClientFactoryContext } from "../stores/room-session-context";
import { FakeRoomClient } from "@parley/client/testing/fake-room-client";

/** Renders the app at a path, with a fake room client and a fake HTTP server. */
export function renderApp(
  path: string,
  answer: (path: string, body: unknown, headers: Headers) => Response,
): FakeRoomClient {
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => {
    const body: unknown = typeof init?.body === "string" ? JSON.parse(init.body) : null;
    return Promise.resolve(answer(input as string, body, new Headers(init?.headers)));
  });
  const client = new FakeRoomClient();
  render(
    <RoomClientFactoryContext value={() => client}>
      <App router={(children) => <MemoryRouter initialEntries={[path]}>{children}</MemoryRouter>} />
    </RoomClientFactoryContext>,
  );
  return client;
}
