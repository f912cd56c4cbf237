import { access, rm } from 'node:fs/promises';
import type { CarrierFiles } from '../../../app/ports/carrier-files.ts';

/** The carrier's files as the carrier adapter named them; whatever storage keeps ours, these lie on this machine. */
export const localCarrierFiles: CarrierFiles = {
  exists: async (filePath) => {
    try {
      await access(filePath);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  },
  discard: (filePath) => rm(filePath, { force: true }),
};
