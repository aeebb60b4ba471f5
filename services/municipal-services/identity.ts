/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'municipal-services',
  names: { nb: 'Kommunale tjenester', nn: 'Kommunale tenester', en: 'Municipal services' },
} as const
