import { build } from 'esbuild';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { toneSamples } from '../../server/core/audio/tones.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';
import { browserProgram } from './browser-program.ts';

/** What the fake microphone says without a pause. */
export const microphoneHertz = 1000;

/** Chromium whose microphone plays a tone from a file in the folder. */
export async function headsetBrowser(folder: string, moreArguments: readonly string[] = []): Promise<Browser> {
  const tone = [{ frequenciesHertz: [microphoneHertz], milliseconds: 1000 }];
  const samples = toneSamples(tone, 0, 48_000 * 4, { sampleRate: 48_000, amplitude: 0.3 });
  const path = join(folder, 'microphone.wav');
  await writeFile(path, Buffer.concat([pcm16WavHeader(1, 48_000, samples.byteLength), new Uint8Array(samples.buffer)]));
  return chromium.launch({
    executablePath: browserProgram,
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${path}`,
      '--autoplay-policy=no-user-gesture-required',
      ...moreArguments,
    ],
  });
}

export interface PageAnswer {
  type: string;
  body: string | Buffer;
}

/** Serves a page that runs one script of tests/e2e; what else it asks for is answered by the test. */
export async function serveHeadsetPage(
  script: string,
  answer: (request: IncomingMessage) => Promise<PageAnswer | null>,
): Promise<{ address: string; server: Server }> {
  const bundle = await build({ entryPoints: [script], bundle: true, write: false, format: 'iife' });
  const answerPage = async (request: IncomingMessage): Promise<PageAnswer> => {
    if (request.url === '/page.js') return { type: 'text/javascript', body: bundle.outputFiles[0]?.text ?? '' };
    return (await answer(request)) ?? { type: 'text/html', body: '<!doctype html><title>headset</title><script src="/page.js"></script>' };
  };
  const server = createServer((request, response) => {
    answerPage(request).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}
