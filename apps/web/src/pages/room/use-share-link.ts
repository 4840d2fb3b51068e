import { usePageAddress } from "../../api/page-address";
import { linkReach, type LinkReach } from "./link-reach";

/** Link for others, and how far it leads. */
export type ShareLink = { link: string; reach: LinkReach };

/**
 * Link to a page for others. A page that was opened at `localhost`, or without encryption, asks the
 * server for a better address.
 *
 * @param own the page's address as this browser has it
 */
export function useShareLink(own: string): ShareLink {
  const { origin } = new URL(own);
  const ownReach = linkReach(origin);
  const isLimited = ownReach === "computer" || ownReach === "without-microphone";
  const { data } = usePageAddress({ isEnabled: isLimited });
  const better = isLimited ? (data?.shareAddress ?? null) : null;
  if (better === null) return { link: own, reach: ownReach };
  return { link: `${better}${own.slice(origin.length)}`, reach: linkReach(new URL(better).origin) };
}
