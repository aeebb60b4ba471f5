/**
 * The citizen portal on one page: what a person sees, each with a file in pages/, and what the pages ask the portal's server. Whom a page is
 * about never stands in an address: it goes with each question in the header `helsevev-about`.
 */
export const pages = {
  /** Sign in, or, when signed in, notices and the way to everything else. */
  home: '/',
  /** What is registered: the panels of the services. */
  health: '/health',
  /** Who has looked. */
  log: '/log',
  /** What was asked about the log, and the answers. */
  questions: '/questions',
  /** Restrict, block, opt out, consent. */
  choices: '/choices',
  /** Switch person; powers of attorney; consent for a youth. */
  behalf: '/behalf',
  download: '/download',
  /** Where to turn: telephone numbers. */
  help: '/help',
  privacy: '/privacy',
} as const

export type Page = keyof typeof pages

export const api = {
  people: { method: 'GET', path: 'api/people' },
  choosePerson: { method: 'PUT', path: 'api/about' },
  log: { method: 'POST', path: 'api/log' },
  questions: { method: 'GET', path: 'api/questions' },
  ask: { method: 'POST', path: 'api/questions' },
  notices: { method: 'GET', path: 'api/notices' },
  noticesSeen: { method: 'POST', path: 'api/notices/seen' },
  choices: { method: 'GET', path: 'api/choices' },
  choose: { method: 'POST', path: 'api/choices' },
  organizations: { method: 'GET', path: 'api/organizations' },
  practitioner: { method: 'POST', path: 'api/practitioner' },
  records: { method: 'GET', path: 'api/records' },
  relations: { method: 'GET', path: 'api/relations' },
  givePower: { method: 'POST', path: 'api/powers' },
  giveConsent: { method: 'POST', path: 'api/parental-consents' },
  /** With the id of a service. */
  panel: { method: 'GET', path: 'api/panels' },
  lastVisit: { method: 'GET', path: 'api/last-visit' },
  /** Answers with a file. */
  download: { method: 'POST', path: 'api/download' },
} as const

/** Ends a choice, or a relation, of an id that the API gave. */
export const end = {
  choice: (id: string) => ({ method: 'PUT', path: `api/choices/${encodeURIComponent(id)}/end` }) as const,
  relation: (id: string) => ({ method: 'PUT', path: `api/relations/${encodeURIComponent(id)}/end` }) as const,
}
