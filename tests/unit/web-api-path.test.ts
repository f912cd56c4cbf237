import { describe, expect, it } from 'vitest';
import { fillPath, queryText } from '../../web/src/lib/api-path.ts';

describe('addresses of the API', () => {
  it('put each parameter into its place, made safe', () => {
    expect(fillPath('/api/calls/:id/hold', { id: 7 })).toBe('/api/calls/7/hold');
    expect(fillPath('/api/files/:name', { name: '../a b' })).toBe('/api/files/..%2Fa%20b');
  });

  it('refuse to call with a hole in the path', () => {
    expect(() => fillPath('/api/calls/:id', {})).toThrow('/api/calls/:id needs id');
    expect(() => fillPath('/api/calls/:id', { id: '' })).toThrow('needs id');
  });

  it('leave empty values out of the query and repeat lists', () => {
    expect(queryText({ repId: 3, channel: '', cursor: null, at: undefined, yes: false })).toBe('?repId=3&yes=false');
    expect(queryText({ tier: ['hot', 'cold'] })).toBe('?tier=hot&tier=cold');
    expect(queryText({})).toBe('');
  });
});
