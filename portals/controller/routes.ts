/** The controller portal on one page: what a person sees, each with a file in pages/. What the pages ask stands in contract.ts. */
export const pages = {
  /** Sign in, or, when signed in, what waits. */
  home: '/',
  /** Services × receivers. */
  sharing: '/sharing',
  propose: '/sharing/propose',
  /** Agreements that wait for our signature. */
  waiting: '/sharing/waiting',
  standard: '/sharing/standard',
  /** One service and one counterpart: `direction` is `we-open` or `open-to-us`. */
  cell: '/sharing/cell/:direction/:service/:counterpart',
  agreement: '/sharing/agreements/:id',
  vendors: '/vendors',
  vendor: '/vendors/:number',
  units: '/units',
  roles: '/roles',
  followUps: '/emergency-access',
  misuseCases: '/misuse-cases',
  misuseCase: '/misuse-cases/:id',
  questions: '/questions',
  blockLifts: '/block-lifts',
  messages: '/messages',
  refusals: '/refused-requests',
  use: '/use',
  adoption: '/adoption',
} as const

export type Page = keyof typeof pages
