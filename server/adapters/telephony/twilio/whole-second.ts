/** Twilio's clock counts whole seconds; what we say beside it must not run ahead of it. */
export const wholeSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000);
