/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'critical-information',
  names: { nb: 'Kritisk informasjon', nn: 'Kritisk informasjon', en: 'Critical information' },
} as const
