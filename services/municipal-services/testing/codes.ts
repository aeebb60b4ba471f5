/** Code systems for tests: part of list 9151 under its three spellings, as the reference tables would give it. */
import { volven } from '@helsevev/clinical/systems'
import type { Codes } from '@helsevev/kernel/codes/codes'

const IPLOS = volven(9151)

const aliases: Record<string, string> = {
  'http://ehelse.no/fhir/CodeSystem/no-kodeverk-9151': IPLOS,
  'http://helsedir.no/fhir/CodeSystem/no-kodeverk-9151': IPLOS,
  'http://elsewhere.example/iplos': IPLOS,
}

const names: Record<string, string> = {
  '1': 'Praktisk bistand - daglige gjøremål',
  '2': 'Praktisk bistand - opplæring - daglige gjøremål',
  '6': 'Trygghetsalarm',
  '14': 'Planlagte tiltak',
  '15': 'Helsetjenester i hjemmet',
  '20': 'Tidsbegrenset opphold - annet',
  '23': 'Skadeavvergende tiltak i nødssituasjoner',
  '24': 'Helsehjelp med tvang',
}

export function testCodes(loaded = true): Codes {
  return {
    canonical: (system) => aliases[system] ?? system,
    display: (system, code) => (loaded && system === IPLOS ? names[code] : undefined),
    known: (system) => loaded && system === IPLOS,
    equivalents: (system, code) => [{ system, code }],
  }
}
