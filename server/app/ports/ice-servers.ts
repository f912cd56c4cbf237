/** A STUN or TURN server in the words of WebRTC. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** What a browser outside the office needs to reach the department's line. */
export interface IceServers {
  /** The servers with credentials for this person, good for a working day. Empty when the department uses none. */
  issue(userId: number, now: Date): IceServer[];
}
