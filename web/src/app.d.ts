declare global {
  namespace App {
    interface Error {
      message: string;
      /** What the administrator can look up: the problem's code or request id. */
      code?: string;
      /** HTTP status of the API answer behind it; 0 when nobody answered. */
      status?: number;
    }
  }
}

export {};
