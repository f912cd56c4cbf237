import type { Page } from 'playwright-core';

declare global {
  interface Window {
    soundProbe: { microphonesOpened: number; loudestBetween: (fromHertz: number, toHertz: number) => number };
  }
}

/** Runs in the page before anything else of it. */
function installProbe(): void {
  const players = new Set<HTMLMediaElement>();
  const meters = new Map<MediaStream, AnalyserNode>();
  let context: AudioContext | null = null;
  const play = Reflect.get(HTMLMediaElement.prototype, 'play');
  HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
    players.add(this);
    return play.call(this);
  };
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = (wanted) => {
    window.soundProbe.microphonesOpened += 1;
    const audio = typeof wanted?.audio === 'object' ? wanted.audio : {};
    // The fake microphone plays a steady tone, which noise suppression would take for noise.
    return open({ audio: { ...audio, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  };
  const meterOf = (stream: MediaStream): AnalyserNode => {
    context ??= new AudioContext();
    const known = meters.get(stream);
    if (known) return known;
    const meter = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(stream).connect(meter);
    meters.set(stream, meter);
    return meter;
  };
  const loudest = (meter: AnalyserNode, fromHertz: number, toHertz: number): number => {
    const bins = new Float32Array(meter.frequencyBinCount);
    meter.getFloatFrequencyData(bins);
    const width = meter.context.sampleRate / meter.fftSize;
    return Math.max(...bins.subarray(Math.floor(fromHertz / width), Math.ceil(toHertz / width) + 1));
  };
  window.soundProbe = {
    microphonesOpened: 0,
    loudestBetween: (fromHertz, toHertz) => {
      const heard = [...players].filter((player) => !player.muted && player.volume > 0).map((player) => player.srcObject);
      const streams = heard.filter((source) => source instanceof MediaStream).filter((stream) => stream.getAudioTracks().length > 0);
      return Math.max(-200, ...streams.map((stream) => loudest(meterOf(stream), fromHertz, toHertz)));
    },
  };
}

/** From its next load on the page tells what its person hears and how often it opened the microphone. */
export async function probeSound(page: Page): Promise<void> {
  await page.addInitScript(installProbe);
}

/** The loudest frequency within a band of what the person hears now, in dBFS of the spectrum; -200 when nothing plays. */
export const loudestBetween = (page: Page, fromHertz: number, toHertz: number): Promise<number> =>
  page.evaluate(([from, to]) => window.soundProbe.loudestBetween(from, to), [fromHertz, toHertz] as const);

/** The same at one tone. */
export const loudnessOf = (page: Page, hertz: number): Promise<number> => loudestBetween(page, hertz - 10, hertz + 10);

export const microphonesOpened = (page: Page): Promise<number> => page.evaluate(() => window.soundProbe.microphonesOpened);
