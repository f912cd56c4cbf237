import type { SoundDevice } from './headset-state.ts';

const microphoneKey = 'headset.microphone';
const speakerKey = 'headset.speaker';

/** The devices the user chose on this computer; kept in the browser because another computer has others. */
export class DeviceMemory {
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  get microphoneId(): string | null {
    return this.#storage.getItem(microphoneKey);
  }

  set microphoneId(id: string | null) {
    this.#keep(microphoneKey, id);
  }

  get speakerId(): string | null {
    return this.#storage.getItem(speakerKey);
  }

  set speakerId(id: string | null) {
    this.#keep(speakerKey, id);
  }

  #keep(key: string, id: string | null): void {
    if (id === null) this.#storage.removeItem(key);
    else this.#storage.setItem(key, id);
  }
}

/** Microphones and speakers that the browser shows now. */
export async function listDevices(): Promise<{ microphones: SoundDevice[]; speakers: SoundDevice[] }> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const of = (kind: MediaDeviceKind): SoundDevice[] =>
    devices
      .filter((device) => device.kind === kind && device.deviceId !== '')
      .map((device) => ({ id: device.deviceId, label: device.label }));
  return { microphones: of('audioinput'), speakers: of('audiooutput') };
}
