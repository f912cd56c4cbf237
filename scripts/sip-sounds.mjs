// Makes the sounds that Janus, and we by it, play into calls, with espeak-ng, sox and ffmpeg (apt-get install espeak-ng sox ffmpeg).
// Run by hand when one changes: node scripts/sip-sounds.mjs. The sounds are committed, so nobody else needs the tools.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const outputFolder = join(dirname(fileURLToPath(import.meta.url)), '../server/adapters/telephony/sip/sounds');
const workFolder = mkdtempSync(join(tmpdir(), 'sip-sounds-'));

const sox = (...args) => execFileSync('sox', args);
const wav = (name) => join(workFolder, `${name}.wav`);
const silence = (name, seconds) => sox('-n', '-r', '8000', '-c', '1', wav(name), 'trim', '0', String(seconds));
const tone = (name, seconds, hertz, gain) =>
  sox(
    '-n',
    '-r',
    '8000',
    '-c',
    '1',
    wav(name),
    'synth',
    String(seconds),
    ...hertz.flatMap((one) => ['sine', String(one)]),
    'remix',
    '-',
    'gain',
    String(gain),
  );
const joined = (name, parts) => sox(...parts.map(wav), wav(name));

/** Janus plays Opus files only. */
const publish = (name) =>
  execFileSync('ffmpeg', [
    '-loglevel',
    'error',
    '-y',
    '-i',
    wav(name),
    '-c:a',
    'libopus',
    '-b:a',
    '16k',
    join(outputFolder, `${name}.opus`),
  ]);

rmSync(outputFolder, { recursive: true, force: true });
mkdirSync(outputFolder, { recursive: true });

// GOST 28384-89: 425 Hz, a second on, four off.
tone('ring', 1, [425], -12);
silence('rest', 4);
joined('ringback', ['ring', 'rest']);

silence('breath', 0.4);
for (const [index, hertz] of [523, 659, 784].entries()) tone(`note-${index}`, index === 2 ? 0.8 : 0.4, [hertz], -18);
joined('hold', ['note-0', 'note-1', 'note-2', 'breath']);

tone('beep', 0.5, [1000], -12);
const words = 'Здравствуйте. Сейчас никто не может ответить. Оставьте сообщение после сигнала.';
execFileSync('espeak-ng', ['-v', 'ru+f3', '-s', '150', '-w', wav('spoken'), words]);
sox(wav('spoken'), '-r', '8000', '-c', '1', wav('words'), 'norm', '-4');
joined('greeting', ['words', 'breath', 'beep']);
execFileSync('espeak-ng', ['-v', 'ru+f3', '-s', '150', '-w', wav('sorry'), 'Извините, мы вам перезвоним.']);
sox(wav('sorry'), '-r', '8000', '-c', '1', wav('apology'), 'norm', '-4');

// Spoken by us and not by Janus, so as WAV. The same words as `announcementWords` of server/core/calls/announcement.ts.
const announced = 'Здравствуйте. Обращаем ваше внимание: этот разговор записывается.';
execFileSync('espeak-ng', ['-v', 'ru+f3', '-s', '150', '-w', wav('announced'), announced]);
sox(wav('announced'), '-r', '8000', '-c', '1', '-b', '16', join(outputFolder, 'announcement.wav'), 'norm', '-4');

const rows = [697, 770, 852, 941];
const columns = [1209, 1336, 1477, 1633];
const keys = ['1', '2', '3', 'A', '4', '5', '6', 'B', '7', '8', '9', 'C', 'star', '0', 'hash', 'D'];
silence('gap', 0.06);
for (const [index, key] of keys.entries()) {
  const pair = [rows[Math.floor(index / 4)], columns[index % 4]];
  tone('pressed', 0.12, pair, -10);
  joined(`key-${key}`, ['pressed', 'gap']);
}

for (const name of ['ringback', 'hold', 'beep', 'greeting', 'apology', ...keys.map((key) => `key-${key}`)]) publish(name);
rmSync(workFolder, { recursive: true, force: true });
