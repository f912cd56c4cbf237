/** A host's own addresses are found at once; longer means that something does not answer and is not worth the wait. */
const gatheringMilliseconds = 1500;

/** Resolves when the connection knows its own addresses, or after so long: what it knows then is offered as a whole. */
export async function gathered(peer: RTCPeerConnection): Promise<void> {
  if (peer.iceGatheringState === 'complete') return;
  await new Promise<void>((resolve) => {
    const bound = setTimeout(resolve, gatheringMilliseconds);
    peer.onicegatheringstatechange = () => {
      if (peer.iceGatheringState !== 'complete') return;
      clearTimeout(bound);
      resolve();
    };
  });
}
