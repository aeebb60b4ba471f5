/** Texts of the pieces in this folder. */
import { texts } from '@helsevev/ui/texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    panel: typeof panelTexts
  }
}

// biome-ignore format: a table, one row to a text
export const panelTexts = texts({
  'signal.unknown': ['{{name}}: ikke kjent', '{{name}}: ikkje kjent', '{{name}}: not known'],
  'signal.withheld': ['{{name}}: holdt tilbake', '{{name}}: halde tilbake', '{{name}}: withheld'],
  'signal.withheld-by-patient': ['{{name}}: holdt tilbake', '{{name}}: halde tilbake', '{{name}}: withheld'],
  'signal.unavailable': ['{{name}} svarer ikke', '{{name}} svarer ikkje', '{{name}} does not answer'],
  'source.label': ['Kilde', 'Kjelde', 'Source'],
  'source.unit': ['Enhet', 'Eining', 'Unit'],
  'source.author': ['Registrert av', 'Registrert av', 'Recorded by'],
  'source.device': ['Utstyr', 'Utstyr', 'Device'],
  'source.time': ['Tidspunkt', 'Tidspunkt', 'Time'],
  'source.stale': ['kan være utdatert', 'kan vere utdatert', 'may be out of date'],
  'source.phone': ['Telefon', 'Telefon', 'Phone'],
  isNew: ['Nytt', 'Nytt', 'New'],
})
