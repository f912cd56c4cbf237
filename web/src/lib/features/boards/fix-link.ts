/** Where a company that is not in a queue can be put right; null when there is nothing to press. */
export function fixLink(fix: string, companyId: string): string | null {
  switch (fix) {
    case 'handOut':
    case 'resumeList':
      return '/lists';
    case 'returnExhausted':
      return '/lists/exhausted';
    case 'changeLimits':
      return '/admin';
    case 'bringBack':
    case 'allowCalls':
    case 'addPhone':
    case 'handOver':
    case 'changeHours':
    case 'movePromise':
    case 'askConsent':
      return `/companies/${companyId}`;
    default:
      return null;
  }
}
