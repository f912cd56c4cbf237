import express, { Router, type Request, type RequestHandler } from 'express';
import { soundFile, soundNames } from '../../adapters/telephony/twilio/sounds.ts';
import type { TwilioWebhooks } from '../../adapters/telephony/twilio/webhooks.ts';
import { Refused } from '../../app/problem.ts';

/** The whole file of a clip; null when there is none by this id. */
export type ReadClip = (clipId: number) => Promise<Uint8Array | null>;

const mostBytes = '64kb';

const bodyOf = (request: Request): Buffer => (Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));

/** Stands before everything that touches the base: whoever cannot sign gets no further than this. */
function onlyTwilio(webhooks: TwilioWebhooks): RequestHandler {
  return (request, _response, next) => {
    const isGenuine = webhooks.isGenuine({
      path: request.originalUrl,
      signature: request.get('x-twilio-signature'),
      isJson: request.is('application/json') === 'application/json',
      rawBody: bodyOf(request),
    });
    next(isGenuine ? undefined : new Refused(403, 'wrongSignature', 'this request is not signed by Twilio'));
  };
}

/** Clips are fetched by their signed addresses: what plays them in the network signs nothing itself. */
function clipRoute(webhooks: TwilioWebhooks, readClip: ReadClip): RequestHandler<{ clipId: string }> {
  return async (request, response) => {
    const clipId = /^\d{1,9}$/.test(request.params.clipId) ? Number(request.params.clipId) : 0;
    const ticket = new URL(request.originalUrl, 'http://here').searchParams.get('ticket') ?? '';
    if (!webhooks.mayHearClip(clipId, ticket))
      throw new Refused(403, 'wrongSignature', 'this address of a clip is not ours or has expired');
    const wav = await readClip(clipId);
    if (!wav) throw new Refused(404, 'notFound', 'there is no such clip');
    response.type('audio/wav').set('cache-control', 'private, no-store').send(Buffer.from(wav));
  };
}

/** `POST /telephony/twilio/*`: what Twilio tells and asks. What we cannot take is answered with 5xx, and Twilio comes again. */
export function twilioWebhookRoutes(webhooks: TwilioWebhooks, readClip: ReadClip): Router {
  const router = Router();
  for (const name of soundNames) {
    router.get(`/sounds/${name}.wav`, (_request, response) => {
      response.type('audio/wav').set('cache-control', 'public, max-age=86400').send(soundFile(name));
    });
  }
  router.get('/clips/:clipId.wav', clipRoute(webhooks, readClip));
  router.use(express.raw({ type: () => true, limit: mostBytes }), onlyTwilio(webhooks));
  router.post('/*path', async (request, response) => {
    const reply = await webhooks.answer({
      path: request.path,
      query: new URL(request.originalUrl, 'http://here').searchParams,
      form: new URLSearchParams(bodyOf(request).toString('utf8')),
    });
    switch (reply.kind) {
      case 'twiml':
        response.type('text/xml').send(reply.document);
        break;
      case 'taken':
        response.status(204).end();
        break;
      case 'unknown':
        throw new Refused(404, 'notFound', 'there is no such address');
      default:
        reply satisfies never;
    }
  });
  return router;
}
