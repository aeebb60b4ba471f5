/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'e-prescriptions',
  names: { nb: 'Resepter', nn: 'Reseptar', en: 'Prescriptions' },
} as const
