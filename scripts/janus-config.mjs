// Writes the configuration of Janus for this machine: node scripts/janus-config.mjs FOLDER --secret WORD [--control-ip …] [--media-ip …] [--public-ip …] [--certificates …]
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { janusConfig } from './lib/janus-config.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    secret: { type: 'string' },
    'control-ip': { type: 'string', default: '127.0.0.1' },
    'control-port': { type: 'string', default: '8188' },
    'media-ip': { type: 'string', default: '127.0.0.1' },
    'public-ip': { type: 'string' },
    certificates: { type: 'string' },
  },
});
const [folder] = positionals;
if (!folder || !values.secret) {
  console.error(
    'node scripts/janus-config.mjs FOLDER --secret WORD [--control-ip IP] [--control-port N] [--media-ip IP] [--public-ip IP] [--certificates FOLDER]',
  );
  process.exit(2);
}
const files = janusConfig({
  folder: path.resolve(folder),
  secret: values.secret,
  controlIp: values['control-ip'],
  controlPort: Number(values['control-port']),
  mediaIp: values['media-ip'],
  publicIp: values['public-ip'],
  certificates: values.certificates && path.resolve(values.certificates),
  rtcPorts: [20_000, 20_999],
  rtpPorts: [21_000, 21_999],
});
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text, { mode: 0o640 });
console.log(`${Object.keys(files).join(', ')} are in ${path.resolve(folder)}; start it with: janus -F ${path.resolve(folder)}`);
