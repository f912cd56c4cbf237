/** Networks blink; a connection that recovers by itself within this is not given up. */
const disconnectedMilliseconds = 3000;

/** Follows a connection until it is lost for good, which is told once. The answer closes it without telling. */
export function followPeer(peer: RTCPeerConnection, events: { onConnected?: () => void; onLost: () => void }): () => void {
  let isOver = false;
  let blink: ReturnType<typeof setTimeout> | undefined;
  const close = (): void => {
    isOver = true;
    clearTimeout(blink);
    peer.close();
  };
  const lose = (): void => {
    if (isOver) return;
    close();
    events.onLost();
  };
  peer.onconnectionstatechange = () => {
    if (isOver) return;
    clearTimeout(blink);
    const state = peer.connectionState;
    if (state === 'connected') events.onConnected?.();
    if (state === 'failed' || state === 'closed') lose();
    if (state === 'disconnected') blink = setTimeout(lose, disconnectedMilliseconds);
  };
  return close;
}
