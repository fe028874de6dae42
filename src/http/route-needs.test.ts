import { fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { requireDeclaredNeeds } from './route-needs.ts';

describe('a route under /api', () => {
  it('stops the start when it does not say what it needs', () => {
    const app = fastify();
    requireDeclaredNeeds(app);
    expect(() => app.get('/api/v1/forgotten', async () => 'open to everybody')).toThrow(
      'The route GET /api/v1/forgotten does not say what it needs.',
    );
    app.get('/api/v1/runs', { config: { needs: 'read runs' } }, async () => 'guarded');
    expect(app.routeNeeds.get('GET /api/v1/runs')).toBe('read runs');
    expect(app.routeNeeds.get('HEAD /api/v1/runs')).toBe('read runs');
  });
});
