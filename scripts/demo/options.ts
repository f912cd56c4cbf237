export interface DemoOptions {
  databaseUrl: string;
  /** Recordings go to its folder `recordings`. */
  dataDir: string;
  /** The instant around which promises are made. */
  now: Date;
  seed: number;
  log: (line: string) => void;
  /** Companies of the directory; 20,000 when absent. */
  companies?: number;
  /** The sandbox's clips; when absent, where they lie from the root of the project. */
  audioDir?: string;
}
