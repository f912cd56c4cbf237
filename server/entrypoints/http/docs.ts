import express, { Router } from 'express';
import helmet from 'helmet';
// Its main module is the whole page's script, which a server need not read.
import getAbsoluteFSPath from 'swagger-ui-dist/absolute-path.js';

const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Zagon API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"></head>
<body><div id="page"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

const start = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#page', validatorUrl: null });`;

/** The OpenAPI document and a page that shows it; everything it loads comes from here. */
export function docsRoutes(document: () => object): Router {
  const router = Router();
  router.get('/api/openapi.json', (_request, response) => {
    response.json(document());
  });
  const policy = helmet.contentSecurityPolicy({
    useDefaults: false,
    // Swagger UI writes style attributes and shows its pictures as data addresses.
    directives: { defaultSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'] },
  });
  router.use('/api/docs', policy);
  router.get('/api/docs', (_request, response) => {
    response.type('html').send(page);
  });
  router.get('/api/docs/start.js', (_request, response) => {
    response.type('js').send(start);
  });
  router.use('/api/docs/assets', express.static(getAbsoluteFSPath(), { index: false, maxAge: '1h' }));
  return router;
}
