/**
 * Origin of a server's address. Without one, a page that the server itself has sent is meant.
 *
 * @param server such as `https://talk.example.org`, or `localhost:7860` for a page of the same scheme
 * @throws TypeError for what is no address
 */
export function serverOrigin(server: string | undefined): string {
  if (server === undefined) return location.origin;
  const hasScheme = /^https?:\/\//iu.test(server);
  return new URL(hasScheme ? server : `${location.protocol}//${server}`).origin;
}
