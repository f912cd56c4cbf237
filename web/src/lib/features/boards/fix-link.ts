/** Where a company that is not in a queue can be put right; null when there is nothing to press. */
export function fixLink(fix: string, companyId: string): string | null {
  switch (fix) {
    case 'handOut':
    case 'resumeList':
      return '/lists';
    case 'returnExhausted':
      return '/lists/exhausted';
    case 'changeLimits':
      return '/admin/settings?group=retry';
    case 'bringBack':
    case 'allowCalls':
    case 'addPhone':
    case 'movePromise':
      return `/companies/${companyId}?do=${fix}`;
    case 'handOver':
    case 'changeHours':
      return `/companies/${companyId}?do=edit`;
    case 'askConsent':
      return `/companies/${companyId}`;
    default:
      return null;
  }
}
