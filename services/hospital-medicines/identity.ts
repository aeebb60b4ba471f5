/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'hospital-medicines',
  names: { nb: 'Gitt på sykehus', nn: 'Gitt på sjukehus', en: 'Given in hospital' },
} as const
