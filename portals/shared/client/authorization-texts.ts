/** Authorisations of health personnel (Volven 9060) in plain words, and the role of a case officer. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const authorizationTexts = texts({
  'role.case-officer': ['saksbehandler', 'saksbehandlar', 'case officer'],
  'role.AA': ['ambulansearbeider', 'ambulansearbeidar', 'ambulance worker'],
  'role.AT': ['apotektekniker', 'apotekteknikar', 'pharmacy technician'], 'role.AU': ['audiograf', 'audiograf', 'audiologist'],
  'role.BI': ['bioingeniør', 'bioingeniør', 'biomedical laboratory scientist'],
  'role.ET': ['ergoterapeut', 'ergoterapeut', 'occupational therapist'], 'role.FA1': ['farmasøyt', 'farmasøyt', 'pharmacist'],
  'role.FA2': ['farmasøyt', 'farmasøyt', 'pharmacist'], 'role.FO': ['fotterapeut', 'fotterapeut', 'podiatrist'],
  'role.FT': ['fysioterapeut', 'fysioterapeut', 'physiotherapist'], 'role.HE': ['helsesekretær', 'helsesekretær', 'medical secretary'],
  'role.HF': ['helsefagarbeider', 'helsefagarbeidar', 'health care worker'], 'role.HP': ['hjelpepleier', 'hjelpepleiar', 'auxiliary nurse'],
  'role.JO': ['jordmor', 'jordmor', 'midwife'], 'role.KE': ['klinisk ernæringsfysiolog', 'klinisk ernæringsfysiolog', 'clinical dietitian'],
  'role.KI': ['kiropraktor', 'kiropraktor', 'chiropractor'], 'role.LE': ['lege', 'lege', 'doctor'],
  'role.MT': ['manuellterapeut', 'manuellterapeut', 'manual therapist'], 'role.OA': ['omsorgsarbeider', 'omsorgsarbeidar', 'care worker'],
  'role.OI': ['ortopediingeniør', 'ortopediingeniør', 'prosthetist'], 'role.OP': ['optiker', 'optikar', 'optometrist'],
  'role.OR': ['ortoptist', 'ortoptist', 'orthoptist'], 'role.PE': ['perfusjonist', 'perfusjonist', 'perfusionist'],
  'role.PS': ['psykolog', 'psykolog', 'psychologist'], 'role.RA': ['radiograf', 'radiograf', 'radiographer'],
  'role.SP': ['sykepleier', 'sjukepleiar', 'nurse'], 'role.TH': ['tannhelsesekretær', 'tannhelsesekretær', 'dental secretary'],
  'role.TL': ['tannlege', 'tannlege', 'dentist'], 'role.TP': ['tannpleier', 'tannpleiar', 'dental hygienist'],
  'role.TT': ['tanntekniker', 'tannteknikar', 'dental technician'], 'role.VP': ['vernepleier', 'vernepleiar', 'social educator'],
  'role.unknown': ['ansatt', 'tilsett', 'employee'],
})
