/**
 * What to do at each band when the controller has set no text of its own: the clinical response of the Royal College of Physicians (NEWS2,
 * 2017, chart 4) in our own words. Helsedirektoratet advises that local routine decides frequency and level of care, so a controller may
 * replace each text; the thresholds stay.
 */
import type { Band } from '@helsevev/clinical/news2/chart'

export const languages = ['nb', 'nn', 'en'] as const
export type Language = (typeof languages)[number]

export const defaultResponseTexts: Record<Band, Record<Language, string>> = {
  'band-0': {
    nb: 'Fortsett rutinemessig observasjon, minst hver 12. time.',
    nn: 'Hald fram med rutinemessig observasjon, minst kvar 12. time.',
    en: 'Continue routine observation, at least every 12 hours.',
  },
  'band-1-4': {
    nb: 'Observer minst hver 4.–6. time. Sykepleier vurderer pasienten og avgjør om det trengs hyppigere observasjon eller mer hjelp.',
    nn: 'Observer minst kvar 4.–6. time. Sjukepleiar vurderer pasienten og avgjer om det trengst hyppigare observasjon eller meir hjelp.',
    en: 'Observe at least every 4–6 hours. A nurse assesses the patient and decides on closer observation or more help.',
  },
  'single-3': {
    nb: 'Én måling avviker sterkt. Observer minst hver time. Sykepleier varsler ansvarlig lege, som vurderer raskt om mer hjelp trengs.',
    nn: 'Éi måling avvik sterkt. Observer minst kvar time. Sjukepleiar varslar ansvarleg lege, som vurderer raskt om meir hjelp trengst.',
    en: 'One value is far off. Observe at least hourly. A nurse notifies the responsible doctor, who urgently reviews the need for help.',
  },
  'band-5-6': {
    nb: 'Observer minst hver time. Varsle lege straks. Pasienten trenger rask vurdering av personell med kompetanse i akutt sykdom.',
    nn: 'Observer minst kvar time. Varsle lege straks. Pasienten treng rask vurdering av personell med kompetanse i akutt sjukdom.',
    en: 'Observe at least every hour. Notify a doctor at once. The patient needs urgent assessment by staff trained in acute illness.',
  },
  'band-7': {
    nb: 'Overvåk kontinuerlig. Varsle erfaren lege straks. Akutteam vurderer pasienten øyeblikkelig. Vurder høyere omsorgsnivå.',
    nn: 'Overvak kontinuerleg. Varsle erfaren lege straks. Akutteam vurderer pasienten med ein gong. Vurder høgare omsorgsnivå.',
    en: 'Monitor continuously. Notify a senior doctor at once. Immediate assessment by an emergency team. Consider a higher level of care.',
  },
}
