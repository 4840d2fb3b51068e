/**
 * The same URL where it can be decoded. Otherwise each `%` that begins no two hexadecimal digits, or
 * all of them where they make no UTF-8, stand for themselves: a mistyped link then gets the answer of
 * any wrong address.
 */
export function decodableUrl(url: string): string {
  const mended = url.replace(/%(?![\da-f]{2})/gi, "%25");
  return isDecodable(mended) ? mended : url.replaceAll("%", "%25");
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}
