import express, { Router, type Request, type RequestHandler } from 'express';
import { soundFile, soundNames } from '../../adapters/telephony/twilio/sounds.ts';
import type { TwilioWebhooks } from '../../adapters/telephony/twilio/webhooks.ts';
import { Refused } from '../../app/problem.ts';

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

/** `POST /telephony/twilio/*`: what Twilio tells and asks. What we cannot take is answered with 5xx, and Twilio comes again. */
export function twilioWebhookRoutes(webhooks: TwilioWebhooks): Router {
  const router = Router();
  for (const name of soundNames) {
    router.get(`/sounds/${name}.wav`, (_request, response) => {
      response.type('audio/wav').set('cache-control', 'public, max-age=86400').send(soundFile(name));
    });
  }
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
