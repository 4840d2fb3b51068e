import { describeRoutes, type MediaRoute } from "@parley/client/media/media-route";
import type { ProblemCode } from "@parley/client/problem";

/**
 * Title and advice that the user sees for a problem code.
 *
 * @param routes where the server takes sound, for the problem of not getting there
 */
export function problemText(
  problem: ProblemCode,
  routes: readonly MediaRoute[] = [],
): { title: string; advice: string } {
  switch (problem) {
    case "permission-denied":
      return {
        title: "Your microphone is blocked",
        advice:
          "Allow it from the icon beside the address, then try again. You can still listen and type.",
      };
    case "no-microphone":
      return {
        title: "No microphone found",
        advice: "Plug one in and try again. Until then you can listen and type.",
      };
    case "microphone-in-use":
      return {
        title: "Your microphone is busy",
        advice:
          "Another program is holding it. Close that one and try again; you can still listen and type.",
      };
    case "insecure-page":
      return {
        title: "This page is not secure",
        advice:
          "Browsers give out the microphone only over HTTPS or on localhost. Open the room with an https:// address.",
      };
    case "unsupported-browser":
      return {
        title: "This browser cannot join calls",
        advice: "Use a current Chrome, Edge, Firefox or Safari.",
      };
    case "server-unreachable":
      return {
        title: "The server is out of reach",
        advice: "Trying again by itself. Nothing you wrote is lost.",
      };
    case "media-unavailable":
      return {
        title: "No sound path to the server",
        advice: `Parley answers, but no sound gets through${routes.length === 0 ? "" : ` to ${describeRoutes(routes)}`}. Another network may help. Whoever runs the server can open that way in its firewall, or set ANNOUNCED_ADDRESS to where it can be reached. Trying again by itself.`,
      };
    case "room-not-found":
      return {
        title: "There is no such room",
        advice: "The link may be incomplete, or the room has been closed.",
      };
    case "room-full":
      return {
        title: "This room is full",
        advice: "Try again when somebody has left, or open a room of your own.",
      };
    case "room-closed":
      return {
        title: "The room was closed",
        advice: "It ended on the server. You can open a new one at any time.",
      };
    case "version-mismatch":
      return {
        title: "This page is out of date",
        advice: "The server has been updated. Reload the page to go on.",
      };
    case "at-capacity":
      return {
        title: "Parley is busy",
        advice:
          "It is serving as many conversations as it can without breaking up their voices. A place is free again as soon as one of them ends: try again in a few minutes.",
      };
    case "too-many-requests":
      return {
        title: "Too much at once from your network",
        advice:
          "Rooms and connections of one address are limited. Leave rooms that you no longer use, or wait a minute.",
      };
    case "storage-unavailable":
      return {
        title: "The server cannot store anything",
        advice:
          "Its disk takes no writes at the moment, so no room can be opened. Whoever runs the server has to make space on it.",
      };
    case "internal":
      return {
        title: "Something went wrong",
        advice: "Trying again by itself. Reload the page if it lasts.",
      };
  }
}
