/** How units are written, by their UCUM code. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const unitTexts = texts({
  'unit.1': ['poeng', 'poeng', 'points'],
  'unit./min': ['per min', 'per min', 'per min'],
  'unit.mm[Hg]': ['mmHg', 'mmHg', 'mmHg'],
  'unit.%': ['%', '%', '%'],
  'unit.mmol/L': ['mmol/L', 'mmol/L', 'mmol/L'],
  'unit.Cel': ['°C', '°C', '°C'],
  'unit.kg': ['kg', 'kg', 'kg'],
  'unit.cm': ['cm', 'cm', 'cm'],
  'unit.kg/m2': ['kg/m²', 'kg/m²', 'kg/m²'],
})
