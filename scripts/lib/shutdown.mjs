import { PlainError } from './plain-error.mjs';
import { endChildren } from './run.mjs';

/** Stops everything that was started, newest first, once, whatever the reason. */
export class Shutdown {
  /** @type {{stop: () => Promise<void>, kill: () => void}[]} */
  #running = [];
  /** @type {(() => void)[]} */
  #kills = [];
  /** @type {Promise<unknown>} */
  #work = Promise.resolve();
  /** @type {() => void} */
  #finally = () => undefined;
  #ending = false;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void this.#asked());
    process.on('exit', () => this.#finally());
  }

  /**
   * @param {() => Promise<void>} stop lets the part finish its work
   * @param {() => void} kill does not
   */
  first(stop, kill) {
    this.#running.unshift({ stop, kill });
    this.#kills.unshift(kill);
  }

  /** @param {() => void} work done when all parts are gone */
  last(work) {
    this.#finally = work;
  }

  /** Ends the start where it is when a stop was asked meanwhile: `#asked` finishes the process. */
  check() {
    if (this.#ending) throw new Stopped();
  }

  /**
   * Does the start; whatever it throws ends the process with its reason.
   * @param {() => Promise<void>} work
   */
  async run(work) {
    this.#work = work();
    try {
      await this.#work;
    } catch (error) {
      await this.fail(
        error instanceof PlainError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
    }
  }

  /** @param {string} why shown on stderr; the exit code tells of the failure */
  async fail(why) {
    if (this.#ending) return;
    this.#ending = true;
    process.stderr.write(`\n${why}\n`);
    await this.#stopAll();
    process.exit(1);
  }

  async #asked() {
    if (this.#ending) {
      for (const kill of this.#kills) kill();
      process.exit(130);
    }
    this.#ending = true;
    process.stdout.write('\nStopping; calls in progress are let go gently. Once more to end at once.\n');
    await this.#stopAll();
    process.exit(0);
  }

  async #stopAll() {
    endChildren();
    await this.#stopRunning();
    // The start may have been in the middle of starting one more part.
    await this.#work.catch(() => undefined);
    await this.#stopRunning();
  }

  async #stopRunning() {
    for (let part = this.#running.shift(); part; part = this.#running.shift()) await part.stop();
  }
}

/** Thrown inside a start that was asked to stop. */
class Stopped extends Error {}
