import twilio from 'twilio';

export interface SignedRequest {
  /** Our public address with path and query, as Twilio was told to call it; never built from the Host header. */
  url: string;
  signature: string | undefined;
  isJson: boolean;
  rawBody: Buffer;
}

/** Whether Twilio sent this. Two tokens are valid while the account's token is being rotated. */
export function isFromTwilio(authTokens: readonly string[], request: SignedRequest): boolean {
  const { signature, url } = request;
  if (signature === undefined) return false;
  const body = request.rawBody.toString('utf8');
  if (request.isJson || new URL(url).searchParams.has('bodySHA256')) {
    return authTokens.some((token) => twilio.validateRequestWithBody(token, signature, url, body));
  }
  const parameters = formParameters(body);
  return authTokens.some((token) => twilio.validateRequest(token, signature, url, parameters));
}

/** A repeated name becomes a list, as the signature counts it. */
function formParameters(body: string): Record<string, string | string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : (values[0] ?? '')];
    }),
  );
}
