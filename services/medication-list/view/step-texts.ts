/** Words for the parts of a dose that changes from day to day, for all readers. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const stepTexts = texts({
  'step.from': ['fra {{date}}', 'frå {{date}}', 'from {{date}}'],
  'step.until': ['til og med {{date}}', 'til og med {{date}}', 'up to and including {{date}}'],
  'when.MORN': ['morgen', 'morgon', 'in the morning'], 'when.MORN.late': ['formiddag', 'føremiddag', 'before noon'],
  'when.NOON': ['midt på dagen', 'midt på dagen', 'at midday'], 'when.AFT': ['ettermiddag', 'ettermiddag', 'in the afternoon'],
  'when.EVE': ['kveld', 'kveld', 'in the evening'], 'when.NIGHT': ['natt', 'natt', 'at night'],
})
