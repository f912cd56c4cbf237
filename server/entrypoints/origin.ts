/**
 * Whether a request's Origin is our own address. Without an Origin the request does not come from a page (curl, a carrier,
 * an old browser's same-origin GET), and the cookie is SameSite=Lax.
 * @param publicUrl how browsers reach us; the Host header is also accepted on plain http, where people use many names for a laptop
 */
export function originRule(publicUrl: string): (origin: string | undefined, host: string | undefined) => boolean {
  const own = new URL(publicUrl);
  return (origin, host) => {
    if (origin === undefined || origin === own.origin) return true;
    return own.protocol === 'http:' && origin === `http://${host ?? ''}`;
  };
}
