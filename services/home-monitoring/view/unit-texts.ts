/** What both panels have: units by their UCUM code, and how a course reads. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const unitTexts = texts({
  'course.title': ['Forløp for {{name}}', 'Forløp for {{name}}', 'Course of {{name}}'],
  'course.text': ['{{days}} dager fra {{first}} til {{last}}, lavest {{lowest}}, høyest {{highest}}.',
    '{{days}} dagar frå {{first}} til {{last}}, lågast {{lowest}}, høgast {{highest}}.',
    '{{days}} days from {{first}} to {{last}}, lowest {{lowest}}, highest {{highest}}.'],
  'unit.1': ['poeng', 'poeng', 'points'], 'unit./min': ['per min', 'per min', 'per min'], 'unit.mm[Hg]': ['mmHg', 'mmHg', 'mmHg'],
  'unit.%': ['%', '%', '%'], 'unit.mmol/L': ['mmol/L', 'mmol/L', 'mmol/L'], 'unit.Cel': ['°C', '°C', '°C'], 'unit.kg': ['kg', 'kg', 'kg'],
  'unit.cm': ['cm', 'cm', 'cm'], 'unit.kg/m2': ['kg/m²', 'kg/m²', 'kg/m²'],
})
