/** The recordings' files that a carrier left on this machine for us (CarrierRecording.filePath). */
export interface CarrierFiles {
  exists(filePath: string): Promise<boolean>;
  /** Removes it; what is not there is removed already. */
  discard(filePath: string): Promise<void>;
}
