// Loaded before a server (NODE_OPTIONS=--import): its machine then believes that it is later, by SKEW_MINUTES.
const skewMilliseconds = Number(process.env.SKEW_MINUTES) * 60_000;
const TrueDate = Date;

globalThis.Date = class extends TrueDate {
  /** @param {ConstructorParameters<typeof TrueDate>} given */
  constructor(...given) {
    super(...(given.length === 0 ? [TrueDate.now() + skewMilliseconds] : given));
  }

  static now() {
    return TrueDate.now() + skewMilliseconds;
  }
};
