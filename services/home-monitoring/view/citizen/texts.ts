/** Words for the person who measures at home: what is measured in plain words, and the medical term next to it. */
import { citizenNothing } from '@helsevev/panel/texts.ts'
import { texts } from '@helsevev/ui/texts.ts'
import { unitTexts } from '../unit-texts.ts'

declare module '@helsevev/ui/texts.ts' {
  interface Namespaces {
    'home-monitoring/citizen': typeof homeMonitoringCitizenTexts
  }
}

// biome-ignore format: a table, one row to a text
export const homeMonitoringCitizenTexts = texts({
  ...citizenNothing,
  ...unitTexts,
  title: ['Målinger hjemmefra', 'Målingar heimefrå', 'Measurements from home'],
  'kind.heart-rate': ['Puls', 'Puls', 'Pulse'],
  'kind.systolic': ['Blodtrykk, det høyeste tallet', 'Blodtrykk, det høgaste talet', 'Blood pressure, the higher number'],
  'kind.diastolic': ['Blodtrykk, det laveste tallet', 'Blodtrykk, det lågaste talet', 'Blood pressure, the lower number'],
  'kind.mean-arterial-pressure': ['Blodtrykk i gjennomsnitt', 'Blodtrykk i gjennomsnitt', 'Blood pressure on average'],
  'kind.oxygen-saturation': ['Oksygen i blodet', 'Oksygen i blodet', 'Oxygen in the blood'],
  'kind.glucose': ['Blodsukker', 'Blodsukker', 'Blood sugar'],
  'kind.temperature': ['Kroppstemperatur', 'Kroppstemperatur', 'Body temperature'], 'kind.weight': ['Vekt', 'Vekt', 'Weight'],
  'kind.height': ['Høyde', 'Høgd', 'Height'],
  'kind.respiratory-rate': ['Antall pust i minuttet', 'Talet på pust i minuttet', 'Breaths a minute'],
  'kind.bmi': ['Vekt i forhold til høyde', 'Vekt i høve til høgd', 'Weight in relation to height'],
  'kind.questionnaire-score': ['Poeng på spørreskjema', 'Poeng på spørjeskjema', 'Points on a questionnaire'],
  'kind.frailty': ['Hvor sårbar helsen er', 'Kor sårbar helsa er', 'How vulnerable the health is'],
  'term.heart-rate': ['hjertefrekvens', 'hjartefrekvens', 'heart rate'],
  'term.systolic': ['overtrykk, systolisk', 'overtrykk, systolisk', 'systolic pressure'],
  'term.diastolic': ['undertrykk, diastolisk', 'undertrykk, diastolisk', 'diastolic pressure'],
  'term.mean-arterial-pressure': ['middeltrykk', 'middeltrykk', 'mean arterial pressure'],
  'term.oxygen-saturation': ['oksygenmetning, SpO₂', 'oksygenmetting, SpO₂', 'oxygen saturation, SpO₂'],
  'term.glucose': ['glukose', 'glukose', 'glucose'], 'term.temperature': ['temperatur', 'temperatur', 'temperature'],
  'term.weight': ['vekt', 'vekt', 'weight'], 'term.height': ['høyde', 'høgd', 'height'],
  'term.respiratory-rate': ['respirasjonsfrekvens', 'respirasjonsfrekvens', 'respiratory rate'],
  'term.bmi': ['kroppsmasseindeks, KMI', 'kroppsmasseindeks, KMI', 'body mass index, BMI'],
  'term.questionnaire-score': ['skåre', 'skåre', 'score'],
  'term.frailty': ['klinisk skrøpelighetsskala, CFS', 'klinisk skrøpelegheitsskala, CFS', 'clinical frailty scale, CFS'],
  measured: ['Målt {{time}}', 'Målt {{time}}', 'Measured {{time}}'],
  device: ['med {{device}}', 'med {{device}}', 'with {{device}}'],
  to: ['Sendt til {{who}}.', 'Sendt til {{who}}.', 'Sent to {{who}}.'],
  'limit.between': ['Egen grense i planen: {{low}}–{{high}} {{unit}}.', 'Eiga grense i planen: {{low}}–{{high}} {{unit}}.',
    'Own limit in the plan: {{low}}–{{high}} {{unit}}.'],
  'limit.low': ['Egen grense: minst {{low}} {{unit}}.', 'Eiga grense: minst {{low}} {{unit}}.', 'Own limit: at least {{low}} {{unit}}.'],
  'limit.high': ['Egen grense: høyst {{high}} {{unit}}.', 'Eiga grense: høgst {{high}} {{unit}}.', 'Own limit: at most {{high}} {{unit}}.'],
  'limit.name': ['Egen grense', 'Eiga grense', 'Own limit'],
  'limit.outside': ['Utenfor grensen. Følg planen din.', 'Utanfor grensa. Følg planen din.', 'Outside the limit. Follow your plan.'],
  'course.show': ['Vis de siste 90 dagene', 'Vis dei siste 90 dagane', 'Show the last 90 days'],
  'course.covers': ['Hvert punkt er snittet for en dag.', 'Kvart punkt er snittet for ein dag.', 'Each point is the average of a day.'],
  'course.day': ['{{day}}: {{mean}} {{unit}} ({{low}}–{{high}})', '{{day}}: {{mean}} {{unit}} ({{low}}–{{high}})',
    '{{day}}: {{mean}} {{unit}} ({{low}}–{{high}})'],
  alarms: ['Varsler som er sendt', 'Varsel som er sende', 'Alerts that were sent'],
  call: ['Spørsmål om målingene: ring {{who}},', 'Spørsmål om målingane: ring {{who}},', 'Questions about measurements: call {{who}},'],
  ask: ['Spørsmål om målingene: spør {{who}}.', 'Spørsmål om målingane: spør {{who}}.', 'Questions about measurements: ask {{who}}.'],
  'none.title': ['Ingen målinger hjemmefra', 'Ingen målingar heimefrå', 'No measurements from home'],
  'unknown.text': ['Ingen har delt målinger her.', 'Ingen har delt målingar her.', 'Nobody has shared measurements here.'],
})
