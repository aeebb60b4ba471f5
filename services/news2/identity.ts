/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'news2',
  names: { nb: 'NEWS2', nn: 'NEWS2', en: 'NEWS2' },
} as const
