/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'medication-list',
  names: { nb: 'Legemiddelliste', nn: 'Legemiddelliste', en: 'Medication list' },
} as const
