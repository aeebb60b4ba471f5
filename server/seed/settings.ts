/**
 * What some controllers say is to be done at a NEWS2 band; the others leave it to the service's own texts. Keys are the bands of
 * services/news2.
 */
import { bergen, helseVest } from './organizations.ts'

export interface SeedSetting {
  organization: string
  service: 'news2'
  key: 'band-0' | 'band-1-4' | 'single-3' | 'band-5-6' | 'band-7'
  language: 'nb' | 'nn' | 'en'
  value: string
}

const texts: Record<string, Partial<Record<SeedSetting['key'], Partial<Record<SeedSetting['language'], string>>>>> = {
  [bergen.number]: {
    'single-3': {
      nb: 'Ring legevaktslegen på vakttelefonen. Mål på nytt innen en halv time.',
      nn: 'Ring legevaktslegen på vakttelefonen. Mål på nytt innan ein halv time.',
      en: 'Call the out-of-hours doctor on duty. Measure again within half an hour.',
    },
    'band-5-6': {
      nb: 'Legevaktslegen vurderer pasienten innen 30 minutter. Vurder innleggelse.',
      nn: 'Legevaktslegen vurderer pasienten innan 30 minutt. Vurder innlegging.',
      en: 'The out-of-hours doctor sees the patient within 30 minutes. Consider admission.',
    },
    'band-7': {
      nb: 'Ring 113. Legevaktslegen blir hos pasienten til ambulansen kommer.',
      nn: 'Ring 113. Legevaktslegen blir hos pasienten til ambulansen kjem.',
      en: 'Call 113. The out-of-hours doctor stays with the patient until the ambulance comes.',
    },
  },
  [helseVest.number]: {
    'band-5-6': {
      nn: 'Post-lege tilser innan 30 minutt. Mål kvar time.',
    },
    'band-7': {
      nn: 'Varsle mobil intensivgruppe. Kontinuerleg overvaking.',
    },
  },
}

export const settings: readonly SeedSetting[] = Object.entries(texts).flatMap(([organization, keys]) =>
  Object.entries(keys).flatMap(([key, languages]) =>
    Object.entries(languages ?? {}).map(([language, value]) => ({
      organization,
      service: 'news2' as const,
      key: key as SeedSetting['key'],
      language: language as SeedSetting['language'],
      value,
    })),
  ),
)
