import { AppError } from "@parley/shared/errors";

/** Text of a failed request for the user: the server's own message where it has one. */
export function failureText(error: Error): string {
  if (!(error instanceof AppError)) return "Something went wrong on this page. Reload it.";
  switch (error.code) {
    case "timeout":
      return "The server is out of reach.";
    case "too-many-requests":
      return "That was a lot at once. Try again in a moment.";
    case "protocol-mismatch":
      return "The servers and this page are not of one version. Reload the page; if it lasts, restart Parley.";
    case "internal":
      return "Something went wrong on the server. Its log says more.";
    default:
      return error.message;
  }
}
