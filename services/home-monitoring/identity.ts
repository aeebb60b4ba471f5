/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'home-monitoring',
  names: { nb: 'Hjemmemålinger', nn: 'Heimemålingar', en: 'Home measurements' },
} as const
