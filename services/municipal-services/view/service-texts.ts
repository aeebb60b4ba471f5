/** Plain names of list 9151 are ours: what a nurse, not a register, would say. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const plainServiceNames = texts({
  'service.1': ['Hjelp i hjemmet til daglige gjøremål', 'Hjelp i heimen til daglege gjeremål', 'Help at home with daily tasks'],
  'service.2': ['Opplæring i daglige gjøremål', 'Opplæring i daglege gjeremål', 'Training in daily tasks'],
  'service.3': ['Brukerstyrt personlig assistanse (BPA)', 'Brukarstyrt personleg assistanse (BPA)', 'Self-directed assistance (BPA)'],
  'service.4': ['Dagaktivitetstilbud', 'Dagaktivitetstilbod', 'Day activities'],
  'service.5': ['Matombringing', 'Matombringing', 'Meals brought home'], 'service.6': ['Trygghetsalarm', 'Tryggleiksalarm', 'Safety alarm'],
  'service.7': ['Avlastning utenfor institusjon', 'Avlasting utanfor institusjon', 'Respite care outside an institution'],
  'service.8': ['Avlastning i institusjon', 'Avlasting i institusjon', 'Respite care in an institution'],
  'service.9': ['Støttekontakt', 'Støttekontakt', 'Support contact'], 'service.11': ['Omsorgsstønad', 'Omsorgsstønad', 'Care allowance'],
  'service.14': ['Planlagte tiltak', 'Planlagde tiltak', 'Planned measures'],
  'service.15': ['Helsetjenester i hjemmet (hjemmesykepleie)', 'Helsetenester i heimen (heimesjukepleie)', 'Home nursing'],
  'service.17': ['Dagopphold i institusjon', 'Dagopphald i institusjon', 'Day stay in an institution'],
  'service.18': ['Tidsbegrenset opphold: utredning eller behandling', 'Tidsavgrensa opphald: utgreiing eller behandling',
    'Time-limited stay: assessment or treatment'],
  'service.19': ['Tidsbegrenset opphold: habilitering eller rehabilitering', 'Tidsavgrensa opphald: habilitering eller rehabilitering',
    'Time-limited stay: habilitation or rehabilitation'],
  'service.20': ['Tidsbegrenset opphold: annet', 'Tidsavgrensa opphald: anna', 'Time-limited stay: other'],
  'service.21': ['Langtidsopphold i institusjon (sykehjem)', 'Langtidsopphald i institusjon (sjukeheim)', 'Long-term stay (nursing home)'],
  'service.22': ['Nattopphold i institusjon', 'Nattopphald i institusjon', 'Night stay in an institution'],
  'service.23': ['Skadeavvergende tiltak i nødssituasjoner', 'Skadeavverjande tiltak i naudsituasjonar', 'Emergency harm prevention'],
  'service.24': ['Helsehjelp med tvang', 'Helsehjelp med tvang', 'Health care with coercion'],
  'service.25': ['Kommunal øyeblikkelig hjelp, døgnopphold', 'Kommunal augeblikkeleg hjelp, døgnopphald', 'Municipal emergency bed'],
  'service.26': ['Lokaliseringsteknologi (GPS)', 'Lokaliseringsteknologi (GPS)', 'Location technology (GPS)'],
  'service.27': ['Elektronisk medisineringsstøtte', 'Elektronisk medisineringsstøtte', 'Electronic medication support'],
  'service.28': ['Digitalt tilsyn', 'Digitalt tilsyn', 'Digital supervision'],
  'service.29': ['Kommunal bolig for helse og omsorg', 'Kommunal bustad for helse og omsorg', 'Municipal housing for health and care'],
})
