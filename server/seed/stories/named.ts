/** The stories of the named people. docs/run/test-people.md says what to see in each; named.test.ts holds the two together. */
import { barum, bergen, bodo, helseMidtNorge, helseNord, helseSorOst, helseVest, kristiansand, oslo, stavanger } from '../organizations.ts'
import { course, type Teller } from './teller.ts'

const DAY = 24

export const namedStories: Record<string, (tell: Teller) => void> = {
  /** Moved from Stavanger to Bergen, ill twice: on a visit in the north last summer, and in Bergen last week. Was in Bærum and Oslo too. */
  astrid(tell) {
    tell.service(stavanger, '1', { since: 700, until: 290, hoursPerWeek: 2 })
    tell.service(stavanger, '15', { since: 640, until: 290, hoursPerWeek: 3.5 })
    tell.service(bergen, '15', {
      since: 280,
      hoursPerWeek: 7,
      decision: 'astrid-home-nursing',
      description: 'Medisin morgen og kveld, hjelp til stell.',
    })
    tell.service(bergen, '1', { since: 280, hoursPerWeek: 1.5 })
    tell.service(bergen, '6', { since: 275 })
    tell.service(bergen, '27', { since: 120 })
    tell.service(bergen, '18', { since: 60, until: 39, stay: 'korttidsopphold' })
    // Paused when she was admitted, and resumed when she came home.
    tell.service(bergen, '15', {
      since: 280,
      hoursPerWeek: 7,
      paused: true,
      decision: 'astrid-home-nursing',
      description: 'Medisin morgen og kveld, hjelp til stell.',
      round: 2,
      reported: 5.6,
    })
    tell.service(bergen, '15', {
      since: 280,
      hoursPerWeek: 10.5,
      decision: 'astrid-home-nursing',
      description: 'Medisin fire ganger daglig, hjelp til stell.',
      round: 3,
      reported: 1.9,
    })
    tell.service(barum, '20', { since: 200, until: 186, stay: 'korttidsopphold' })
    tell.scores(helseSorOst, course(196 * DAY, 6, 5, 0.35), { form: 'measured' })
    tell.scores(helseNord, course(120 * DAY, 6, 8, 0.6), { form: 'measured' })
    tell.scores(helseVest, course(2 * DAY, 6, 16, 0.9), { form: 'measured' })
    tell.scores(
      bergen,
      [
        [7 * DAY, 0.35],
        [6.3 * DAY, 0.5],
        [20, 0.04],
        [3, 0.02],
      ],
      { form: 'derived' },
      'home-care',
    )
  },

  /** A decision on coercion in Oslo, which Oslo opens to Bergen. */
  olav(tell) {
    tell.service(oslo, '21', { since: 410 })
    tell.service(oslo, '24', { since: 35 })
    tell.service(oslo, '15', { since: 900, until: 410, hoursPerWeek: 14 })
    tell.service(oslo, '28', { since: 600, until: 410 })
    tell.scores(oslo, course(30, 12, 8, 0.3), { form: 'sub-scores' }, 'nursing-home')
  },

  /** A coercion decision in Stavanger, which Stavanger does not open: it is hidden, among services that show. */
  turid(tell) {
    tell.service(stavanger, '15', { since: 300, hoursPerWeek: 5 })
    tell.service(stavanger, '26', { since: 150 })
    tell.service(stavanger, '23', { since: 20 })
    tell.service(stavanger, '4', { since: 220, hoursPerWeek: 12 })
  },

  /** Only Kristiansand knows him, and its agreement with Bergen has ended. */
  kjell(tell) {
    tell.service(kristiansand, '15', { since: 500, hoursPerWeek: 4 })
    tell.service(kristiansand, '6', { since: 480 })
    tell.scores(kristiansand, course(50, 12, 6, 0.4), { form: 'sub-scores' }, 'home-care')
  },

  /** Nothing is known anywhere. */
  signe() {},

  /** Everything has ended. */
  per(tell) {
    tell.service(bergen, '19', { since: 130, until: 102, stay: 'korttidsopphold' })
    tell.service(bergen, '15', { since: 102, until: 45, hoursPerWeek: 3 })
    tell.service(bergen, '25', { since: 133, until: 130 })
  },

  /** Chronic obstructive lung disease with documented hypercapnic failure: scored on scale 2, with the person who chose it. */
  gunnar(tell) {
    const scale = { chosenBy: { hprNumber: '990000099', name: 'Overlege Nils Aase' } }
    tell.service(bergen, '15', { since: 365, hoursPerWeek: 3.5 })
    tell.service(bergen, '6', { since: 365 })
    const air = { oxygenFlow: 0 }
    const oxygen = { oxygenFlow: 1 }
    tell.scores(helseVest, [[96, 0.3]], { form: 'measured', scale, values: { ...air, saturation: 85 } })
    tell.scores(helseVest, [[90, 0.5]], { form: 'measured', scale, values: { ...oxygen, saturation: 84 } })
    tell.scores(helseVest, [[84, 0.4]], { form: 'measured', scale, values: { ...oxygen, saturation: 95 } })
    tell.scores(helseVest, [[78, 0.3]], { form: 'measured', scale, values: { ...oxygen, saturation: 90 } })
    tell.scores(helseVest, [[60, 0.2]], { form: 'measured', scale, values: { ...oxygen, saturation: 89 } })
    tell.scores(helseVest, [[36, 0.05]], { form: 'measured', scale, values: { ...air, saturation: 90 } })
    tell.scores(bergen, [[12, 0.05]], { form: 'measured', scale, values: { ...air, saturation: 93 } }, 'home-care')
  },

  /** Pregnant: NEWS2 is not meant for her, and the score is shown without a total. */
  amina(tell) {
    tell.scores(
      helseVest,
      [
        [52, 0.3],
        [48, 0.2],
        [42, 0.05],
      ],
      { form: 'measured', pregnant: true },
    )
  },

  /** Nine years old: too young for NEWS2. */
  emil(tell) {
    tell.service(bergen, '7', { since: 240, hoursPerWeek: 6 })
    tell.service(bergen, '8', { since: 100, stay: 'dagopphold' })
    tell.scores(
      helseVest,
      [
        [30, 0.3],
        [26, 0.15],
      ],
      { form: 'measured' },
    )
  },

  /** Scores as they really arrive: temperature missing in one, a total that does not add up in another. */
  berit(tell) {
    tell.service(bergen, '21', { since: 230 })
    tell.scores(
      bergen,
      [
        [40, 0.1],
        [34, 0.3],
      ],
      { form: 'sub-scores' },
      'nursing-home',
    )
    tell.scores(bergen, [[28, 0.5]], { form: 'sub-scores', without: 'temperature' }, 'nursing-home')
    tell.scores(bergen, [[22, 0.4]], { form: 'measured', totalOff: 2 }, 'nursing-home')
    tell.scores(
      bergen,
      [
        [10, 0.2],
        [4, 0.04],
      ],
      { form: 'sub-scores' },
      'nursing-home',
    )
  },

  /** Had a D-number when he came, and a national number since: one person under both. */
  ivan(tell) {
    tell.service(bodo, '19', { since: 520, until: 490, stay: 'korttidsopphold' })
    tell.service(bodo, '15', { since: 490, until: 300, hoursPerWeek: 2.5 })
    tell.service(bodo, '9', { since: 90, hoursPerWeek: 3 })
    tell.scores(helseNord, course(40, 6, 8, 0.55), { form: 'measured' })
  },

  /** Known by a help number only. */
  maria(tell) {
    tell.service(bergen, '25', { since: 4, until: 2, stay: 'korttidsopphold' })
    tell.scores(bergen, course(50, 6, 5, 0.45), { form: 'derived' }, 'out-of-hours')
  },

  /** Known by a D-number only; a patient of Sandvika legesenter. */
  piotr(tell) {
    tell.service(barum, '15', { since: 55, hoursPerWeek: 1.5 })
    tell.service(barum, '2', { since: 50, until: 12, hoursPerWeek: 2 })
    tell.scores(helseSorOst, course(60 * DAY, 8, 7, 0.65), { form: 'measured' })
  },

  /** The citizen who signs in as herself. */
  liv(tell) {
    tell.service(oslo, '1', { since: 200, hoursPerWeek: 1 })
    tell.service(oslo, '6', { since: 180 })
    tell.service(oslo, '5', { since: 150, paused: true })
    tell.scores(helseSorOst, course(75 * DAY, 6, 9, 0.5), { form: 'measured' })
    tell.scores(helseMidtNorge, course(20 * DAY, 12, 4, 0.2), { form: 'measured' })
  },
}
