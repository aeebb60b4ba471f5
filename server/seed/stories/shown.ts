/** Some history for the people of `people.ts`, so that there is something to open, withhold or refuse. */
import { bergen, bodo, helseNord, helseSorOst, helseVest, oslo, stavanger } from '../organizations.ts'
import { course, type Teller } from './teller.ts'

const DAY = 24

/** Relief for the family and support, as children have; and what is withheld from some (Volven 9603). */
function child(home: { number: string }, withheld?: string): (tell: Teller) => void {
  return (tell) => {
    tell.service(home, '7', { since: 200, hoursPerWeek: 4 })
    tell.service(home, '8', { since: 90, stay: 'dagopphold' })
    if (withheld) tell.service(home, '29', { since: 30, withheld })
  }
}

/** Home care in one municipality, and a stay at a hospital. */
function adult(home: { number: string }, hospital: { number: string }): (tell: Teller) => void {
  return (tell) => {
    tell.service(home, '15', { since: 160, hoursPerWeek: 3 })
    tell.service(home, '6', { since: 150 })
    tell.scores(hospital, course(9 * DAY, 6, 6, 0.45), { form: 'measured' })
  }
}

function atTheClinic(...scores: [hoursAgo: number, severity: number][]): (tell: Teller) => void {
  return (tell) => tell.scores(bergen, scores, { form: 'measured' }, 'out-of-hours')
}

export const shownStories: Record<string, (tell: Teller) => void> = {
  ...Object.fromEntries(['oda', 'selma'].map((id) => [id, child(bergen)])),
  jakob: child(bergen, 'NORN_FORANS'),
  ella: child(bergen, 'NORN_UNGDOM'),
  ...Object.fromEntries(['sander', 'marius'].map((id) => [id, child(bodo)])),
  /** One service is withheld from her, and one is released in a month. */
  thea(tell) {
    adult(bodo, helseNord)(tell)
    tell.service(bodo, '9', { since: 20, withheld: 'NORN_ALL', hoursPerWeek: 2 })
    tell.service(bodo, '27', { since: 2, releasedIn: 30 })
  },
  /** One service is blocked against staff. */
  asbjorn(tell) {
    adult(bergen, helseVest)(tell)
    tell.service(bergen, '3', { since: 60, withheld: 'NORS', hoursPerWeek: 10 })
  },
  lukas: child(stavanger),
  milla: child(oslo),
  yusuf: child(oslo),
  ...Object.fromEntries(['ragnhild', 'torbjorn', 'vigdis', 'leif', 'linnea', 'sigurd'].map((id) => [id, adult(bergen, helseVest)])),
  ...Object.fromEntries(['gerd', 'nadia', 'solveig', 'arvid', 'mona'].map((id) => [id, adult(oslo, helseSorOst)])),
  /** At the out-of-hours clinic now, and getting worse. */
  rolf: atTheClinic([2.6, 0.2], [1.3, 0.5], [0.4, 0.9]),
  bodil: atTheClinic([1.6, 0.15], [0.6, 0.34]),
  // Nothing is reported about the others.
  ...Object.fromEntries(['hanne', 'tor', 'kristin', 'trond', 'cathrine', 'grete', 'siri', 'odd'].map((id) => [id, () => undefined])),
}
