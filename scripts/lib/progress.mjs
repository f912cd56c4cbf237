/** @param {number} startedMs @returns {string} */
export const seconds = (startedMs) => `${((performance.now() - startedMs) / 1000).toFixed(1)} s`;

/**
 * Shows one step while it works, with its seconds when done.
 * @template Result
 * @param {string} says what is being done
 * @param {() => Promise<Result> | Result} work
 * @returns {Promise<Result>}
 */
export async function step(says, work) {
  const startedMs = performance.now();
  process.stdout.write(`  ${says} … `);
  try {
    const result = await work();
    process.stdout.write(`${seconds(startedMs)}\n`);
    return result;
  } catch (error) {
    process.stdout.write('failed\n');
    throw error;
  }
}
