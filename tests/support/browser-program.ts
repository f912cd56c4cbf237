/** Debian's Chromium without the parts that show a window: it takes two thirds of the time of the whole one. */
export const browserProgram = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium-headless-shell';
