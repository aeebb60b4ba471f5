/** Words of the panel. Codes of follow-up: vkp-composition-event. */
import { personnelNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { unitTexts } from './unit-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'home-monitoring': typeof homeMonitoringTexts
  }
}

// biome-ignore format: a table, one row to a text
export const homeMonitoringTexts = texts({
  ...personnelNothing,
  ...unitTexts,
  'line.measured': ['Målt hjemme', 'Målt heime', 'Measured at home'], 'line.alarm': ['Varsel', 'Varsel', 'Alarm'],
  'line.day': ['{{mean}} i snitt ({{low}}–{{high}})', '{{mean}} i snitt ({{low}}–{{high}})', '{{mean}} on average ({{low}}–{{high}})'],
  'line.least': ['minst {{limit}}', 'minst {{limit}}', 'at least {{limit}}'],
  'line.most': ['høyst {{limit}}', 'høgst {{limit}}', 'at most {{limit}}'],
  newest: ['Siste målinger', 'Siste målingar', 'Newest measurements'],
  outside: ['utenfor egen grense', 'utanfor eiga grense', 'outside own threshold'],
  alarms: ['Varsler', 'Varsel', 'Alarms'],
  'course.covers': ['{{name}}: snitt per dag, 90 dager.', '{{name}}: snitt per dag, 90 dagar.', '{{name}}: daily mean, 90 days.'],
  'threshold.name': ['Egen grense', 'Eiga grense', 'Own threshold'],
  'threshold.between': ['Egen grense: {{low}}–{{high}} {{unit}}.', 'Eiga grense: {{low}}–{{high}} {{unit}}.',
    'Own threshold: {{low}}–{{high}} {{unit}}.'],
  'threshold.low': ['Egen grense: minst {{low}} {{unit}}.', 'Eiga grense: minst {{low}} {{unit}}.',
    'Own threshold: at least {{low}} {{unit}}.'],
  'threshold.high': ['Egen grense: høyst {{high}} {{unit}}.', 'Eiga grense: høgst {{high}} {{unit}}.',
    'Own threshold: at most {{high}} {{unit}}.'],
  'table.notOnPaper': ['Tallene for hver dag er ikke med på papiret, og andre målinger enn {{name}} er ikke tegnet.',
    'Tala for kvar dag er ikkje med på papiret, og andre målingar enn {{name}} er ikkje teikna.',
    'The numbers of each day are not on paper, and measurements other than {{name}} are not drawn.'],
  'table.show': ['Vis tallene', 'Vis tala', 'Show the numbers'], 'table.day': ['Dag', 'Dag', 'Day'],
  'table.mean': ['Gjennomsnitt', 'Gjennomsnitt', 'Mean'], 'table.range': ['Lavest–høyest', 'Lågast–høgast', 'Lowest–highest'],
  'table.count': ['Antall', 'Tal', 'Count'],
  'news2.from': ['Målingene {{time}} gir en NEWS2. Den står under', 'Målingane {{time}} gir ein NEWS2. Han står under',
    'The measurements at {{time}} give a NEWS2. It is under'],
  'exceeded.low': ['{{name}} {{value}} {{unit}} (grense minst {{limit}}) {{time}}', '{{name}} {{value}} {{unit}} (grense minst {{limit}}) {{time}}',
    '{{name}} {{value}} {{unit}} (limit at least {{limit}}) {{time}}'],
  'exceeded.high': ['{{name}} {{value}} {{unit}} (grense høyst {{limit}}) {{time}}', '{{name}} {{value}} {{unit}} (grense høgst {{limit}}) {{time}}',
    '{{name}} {{value}} {{unit}} (limit at most {{limit}}) {{time}}'],
  'none.title': ['Ingen hjemmemålinger', 'Ingen heimemålingar', 'No home measurements'],
  'unknown.text': ['Ingen har delt målinger her. Personen kan likevel måle hjemme.',
    'Ingen har delt målingar her. Personen kan likevel måle heime.', 'Nobody has shared measurements here. There may still be some.'],
  'kind.heart-rate': ['Puls', 'Puls', 'Pulse'], 'kind.systolic': ['Overtrykk', 'Overtrykk', 'Systolic pressure'],
  'kind.diastolic': ['Undertrykk', 'Undertrykk', 'Diastolic pressure'],
  'kind.mean-arterial-pressure': ['Middeltrykk', 'Middeltrykk', 'Mean pressure'],
  'kind.oxygen-saturation': ['Oksygenmetning', 'Oksygenmetting', 'Oxygen saturation'], 'kind.glucose': ['Glukose', 'Glukose', 'Glucose'],
  'kind.temperature': ['Temperatur', 'Temperatur', 'Temperature'], 'kind.weight': ['Vekt', 'Vekt', 'Weight'],
  'kind.height': ['Høyde', 'Høgd', 'Height'],
  'kind.respiratory-rate': ['Pustefrekvens', 'Pustefrekvens', 'Breathing rate'],
  'kind.bmi': ['KMI', 'KMI', 'BMI'], 'kind.questionnaire-score': ['Skåre på skjema', 'Skåre på skjema', 'Questionnaire score'],
  'kind.frailty': ['Skrøpelighet (CFS)', 'Skrøpelegheit (CFS)', 'Frailty (CFS)'],
  'event.0': ['meldt', 'meldt', 'reported'], 'event.1': ['behandles', 'blir behandla', 'being handled'],
  'event.3': ['kvittert', 'kvittert', 'acknowledged'], 'event.4': ['til utrykning', 'til utrykking', 'sent for response'],
  'event.5': ['utrykning ferdig', 'utrykking ferdig', 'response done'], 'event.6': ['årsak', 'årsak', 'cause'],
  'event.7': ['tiltak', 'tiltak', 'measure'], 'event.8': ['samtale', 'samtale', 'call'], 'event.9': ['aksjon', 'aksjon', 'action'],
  'event.10': ['annen aktør', 'annan aktør', 'other party'],
})
