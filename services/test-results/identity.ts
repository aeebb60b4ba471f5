/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'test-results',
  names: { nb: 'Prøvesvar', nn: 'Prøvesvar', en: 'Test results' },
} as const
