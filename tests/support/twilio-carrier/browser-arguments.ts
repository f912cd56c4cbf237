/** Leads a browser that means Twilio to the test carrier's gateway, whose certificate nobody knows. */
export const twilioBrowserArguments = (gatewayPort: number): string[] => [
  `--host-resolver-rules=MAP *.twilio.com 127.0.0.1:${gatewayPort}`,
  '--ignore-certificate-errors',
];
