/** Tells whether a Host header, port included, names this machine itself. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i.test(host ?? "");
}
