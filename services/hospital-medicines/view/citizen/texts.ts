/** Words for the person who got the medicines. Medicines, ways, units and diagnoses are shown as they were sent. */
import { citizenNothing, entryWords } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { doseTexts } from '../dose-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'hospital-medicines/citizen': typeof hospitalMedicinesCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const hospitalMedicinesCitizenTexts = texts({
  ...citizenNothing,
  ...entryWords,
  ...doseTexts,
  lead: ['Legemidler du fikk mens du var på sykehus eller sykehjem. Hva du skal ta nå, står i legemiddellisten.',
    'Legemiddel du fekk medan du var på sjukehus eller sjukeheim. Kva du skal ta no, står i legemiddellista.',
    'Medicines you got while you were in hospital or a nursing home. What to take now is in the medication list.'],
  last: ['Sist du fikk det', 'Sist du fekk det', 'When you last got it'],
  amount: ['Mengde', 'Mengd', 'Amount'],
  count: ['Antall ganger', 'Talet på gonger', 'Number of times'],
  where: ['Hvor', 'Kvar', 'Where'],
  mixture: ['Hva blandingen består av', 'Kva blandinga består av', 'What the mixture consists of'],
  regimen: ['Del av behandlingen', 'Del av behandlinga', 'Part of the treatment'],
  reason: ['Hva det er for', 'Kva det er for', 'What it is for'],
  byPatient: ['du tok det selv', 'du tok det sjølv', 'you took it yourself'],
  trial: ['Du fikk det i en klinisk studie.', 'Du fekk det i ein klinisk studie.', 'You got it in a clinical trial.'],
  all: ['Vis {{count}} tidspunkter', 'Vis {{count}} tidspunkt', 'Show {{count}} times'],
  by: ['Meldt av', 'Meldt av', 'Reported by'],
  more: ['Bare de siste dosene vises.', 'Berre dei siste dosane er viste.', 'Only the last doses are shown.'],
  'none.title': ['Ingenting er meldt', 'Ingenting er meldt', 'Nothing is reported'],
  'none.text': ['De som deler, har ikke meldt at du har fått legemidler hos dem.',
    'Dei som deler, har ikkje meldt at du har fått legemiddel hos dei.', 'Those who share have not reported that you got medicines there.'],
  'unknown.text': ['Ingen sykehus eller sykehjem har delt hva du har fått. Spør der du var.',
    'Ingen sjukehus eller sjukeheimar har delt kva du har fått. Spør der du var.',
    'No hospital or nursing home has shared what you got. Ask where you stayed.'],
})
