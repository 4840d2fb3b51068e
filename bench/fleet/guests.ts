import type { Browser } from "@playwright/test";
import type { Fleet } from "../../e2e/fleet/fleet";
import { launchBrowser } from "../../e2e/support/browser";
import { installEventProbe } from "../../e2e/support/event-probe";
import type { TestNetwork } from "../../e2e/support/network/test-network";
import { RoomPage } from "../../e2e/support/room-page";
import { Conversation } from "../faults/conversation";
import { people } from "./places";

/** Sums of each person's own. */
const sumsEach = 10;

/** Two browsers on hosts of their own, which may use a microphone at the entries though these lack HTTPS. */
export async function launchBrowsers(network: TestNetwork, fleet: Fleet): Promise<Browser[]> {
  const program = process.env.PARLEY_CHROMIUM;
  if (program === undefined) throw new Error("PARLEY_CHROMIUM names no browser");
  const origins = fleet.entries.map(({ address }) => address).join(",");
  return await Promise.all(
    people.map((name) =>
      launchBrowser(null, {
        program: network.host(name).programFile(program),
        browserArguments: [`--unsafely-treat-insecure-origin-as-secure=${origins}`],
      }),
    ),
  );
}

/** Ada and Bea, who came into one room by two entries. */
export type Guests = {
  ada: Conversation;
  bea: Conversation;
  roomId: string;
  leave(): Promise<void>;
};

/** Lets both in. The room is at the first entry. */
export async function invite(fleet: Fleet, browsers: readonly Browser[]): Promise<Guests> {
  const contexts = await Promise.all(browsers.map((browser) => browser.newContext()));
  const pages = await Promise.all(contexts.map((context) => context.newPage()));
  await Promise.all(pages.map(installEventProbe));
  const [ada, bea] = pages.map((page, at) => new Conversation(new RoomPage(page), at * sumsEach));
  if (ada === undefined || bea === undefined) throw new TypeError("two browsers are needed");
  const [one, two] = fleet.entries;
  await ada.room.createAndJoin("Ada", one.address);
  const { pathname } = new URL(ada.room.page.url());
  await bea.room.openAndJoin(`${two.address}${pathname}`, "Bea");
  const leave = async () => {
    await Promise.all(contexts.map((context) => context.close()));
  };
  return { ada, bea, roomId: pathname.slice("/r/".length), leave };
}
