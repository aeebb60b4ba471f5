/** A made-up world, always the same: who takes part, who may sign in, who information is about, and months of what happened to them. */
export { controlled, openingSearches } from './openings.ts'
export { seedReference } from './reference.ts'
export type { SeedMessage } from './stories/lab-messages.ts'
export { messages } from './stories/messages.ts'
export { type SeedTransaction, stories, transactions } from './stories/stories.ts'
export { worklists } from './worklists.ts'
export { type SeedWorld, world } from './world.ts'
