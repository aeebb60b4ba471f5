/**
 * The citizen portal on one page: what a person sees, each with a file in pages/. What the pages ask stands in contract.ts. The person that
 * a page is about never stands in an address: the header `helsevev-about` names the person in each request.
 */
export const pages = {
  /** Sign in, or, when signed in, notices and the way to everything else. */
  home: '/',
  /** What is registered, in short: what is new, critical information, and the way to each service. */
  health: '/health',
  /** What is registered in one service, and in one kind of it, such as a type of test results. */
  service: '/health/:service',
  kind: '/health/:service/:kind',
  /** Who has looked. */
  log: '/log',
  /** What was asked about the log, and the answers. */
  questions: '/questions',
  /** Restrict, block, opt out, consent. */
  choices: '/choices',
  /** Switch person; powers of attorney; consent for a youth. */
  behalf: '/behalf',
  /** Notices by SMS and e-mail. */
  notices: '/notices',
  download: '/download',
  /** Where to turn: telephone numbers. */
  help: '/help',
  privacy: '/privacy',
} as const

export type Page = keyof typeof pages
