/** Names of the service, for its declaration, its panels and the portals. */
export const identity = {
  id: 'contacts',
  names: { nb: 'Kontakter og pårørende', nn: 'Kontaktar og pårørande', en: 'Contacts and next of kin' },
} as const
