/** What the accessibility statement says around the results. */
import type { Language } from '@helsevev/ui/format.ts'
import type { Check } from './results.ts'

export interface StatementTexts {
  title: string
  lead: string
  status: { title: string; counts: string; clean: string; unchecked: string; untested: string }
  tested: { title: string; text: string; widths: string; checks: string; not: string }
  findings: { title: string; none: string; lead: string }
  hand: { title: string; text: string }
  tell: { title: string; text: string; complain: string; supervision: string }
  table: { title: string; caption: string; criterion: string; by: string; result: string }
  state: Record<'met' | 'findings' | 'not-checked', string>
  beyond: string
  test: string
  check: Record<Check, string>
}

export const statementTexts: Record<Language, StatementTexts> = {
  nb: {
    title: 'Tilgjengelighet',
    lead: 'Alle skal kunne bruke disse sidene. Her står det hva som er prøvd, når, og hva som ble funnet. Siden er laget av resultatene.',
    status: {
      title: 'Hvor langt vi er',
      counts:
        'Offentlige virksomheter skal følge 47 krav i WCAG 2.1. {{met}} av dem er prøvd uten funn, {{findings}} er prøvd med funn, og {{unchecked}} er ikke prøvd.',
      clean: 'At en prøve ikke finner noe, betyr ikke at alt er i orden: prøver som en maskin gjør, finner bare en del av feilene.',
      unchecked: 'Krav som ingen har prøvd, påstår vi ingenting om.',
      untested: 'Sidene er ikke prøvd ennå.',
    },
    tested: {
      title: 'Hva som er prøvd',
      text: '{{date}} ble {{pages}} sider prøvd {{visits}} ganger i {{browser}}, i {{states}} tilstander og på tre språk. Tilstandene er blant annet mens siden henter, når en kilde ikke svarer, og når noe er nektet.',
      widths: 'Skjermbredder: {{widths}} piksler.',
      checks: 'Dette ble prøvd:',
      not: 'Disse sidene kom prøven ikke til:',
    },
    findings: { title: 'Kjente feil', none: 'Prøven fant ingen feil.', lead: 'Prøven fant dette:' },
    hand: {
      title: 'Det som ikke er prøvd',
      text: 'Ingen har ennå prøvd sidene med en skjermleser eller sammen med mennesker som har nedsatt syn, hørsel eller bevegelse. Det må gjøres før sidene tas i bruk.',
    },
    tell: {
      title: 'Si fra om feil',
      text: 'Finner du noe du ikke kan bruke, sier du fra til virksomheten som driver denne tjenesten. Den skal svare deg, og gi deg opplysningene på en annen måte om du trenger det.',
      complain: 'Er du ikke fornøyd med svaret, kan du klage til',
      supervision: 'Tilsynet for universell utforming av IKT fører tilsyn med kravene:',
    },
    table: {
      title: 'Krav for krav',
      caption: 'Kravene i WCAG 2.1 på nivå A og AA, hva som prøvde dem, og resultatet',
      criterion: 'Krav',
      by: 'Prøvd med',
      result: 'Resultat',
    },
    state: { met: 'Prøvd, ingen funn', findings: 'Funn', 'not-checked': 'Ikke prøvd' },
    beyond: 'utenfor de 47',
    test: 'egen test',
    check: {
      axe: 'regler i axe',
      media: 'ingen lyd eller video på siden',
      reflow: 'ingen sidelengs rulling ved 320 piksler',
      zoom: 'forstørret til 200 %',
      'text-spacing': 'større avstand i teksten',
      keyboard: 'gått gjennom med tastatur',
      'forced-colours': 'tastatur med egne farger',
      title: 'tittel på vinduet',
      language: 'språket er merket',
      motion: 'ingenting beveger seg',
    },
  },
  nn: {
    title: 'Tilgjenge',
    lead: 'Alle skal kunne bruke desse sidene. Her står det kva som er prøvd, når, og kva som blei funne. Sida er laga av resultata.',
    status: {
      title: 'Kor langt vi er',
      counts:
        'Offentlege verksemder skal følgje 47 krav i WCAG 2.1. {{met}} av dei er prøvde utan funn, {{findings}} er prøvde med funn, og {{unchecked}} er ikkje prøvde.',
      clean: 'At ein prøve ikkje finn noko, betyr ikkje at alt er i orden: prøver som ei maskin gjer, finn berre ein del av feila.',
      unchecked: 'Krav som ingen har prøvd, påstår vi ingenting om.',
      untested: 'Sidene er ikkje prøvde enno.',
    },
    tested: {
      title: 'Kva som er prøvd',
      text: '{{date}} blei {{pages}} sider prøvde {{visits}} gonger i {{browser}}, i {{states}} tilstandar og på tre språk. Tilstandane er mellom anna medan sida hentar, når ei kjelde ikkje svarer, og når noko er nekta.',
      widths: 'Skjermbreidder: {{widths}} pikslar.',
      checks: 'Dette blei prøvd:',
      not: 'Desse sidene kom prøven ikkje til:',
    },
    findings: { title: 'Kjende feil', none: 'Prøven fann ingen feil.', lead: 'Prøven fann dette:' },
    hand: {
      title: 'Det som ikkje er prøvd',
      text: 'Ingen har enno prøvd sidene med ein skjermlesar eller saman med menneske som har nedsett syn, høyrsel eller rørsle. Det må gjerast før sidene blir tekne i bruk.',
    },
    tell: {
      title: 'Sei frå om feil',
      text: 'Finn du noko du ikkje kan bruke, seier du frå til verksemda som driv denne tenesta. Ho skal svare deg, og gi deg opplysningane på ein annan måte om du treng det.',
      complain: 'Er du ikkje nøgd med svaret, kan du klage til',
      supervision: 'Tilsynet for universell utforming av ikt fører tilsyn med krava:',
    },
    table: {
      title: 'Krav for krav',
      caption: 'Krava i WCAG 2.1 på nivå A og AA, kva som prøvde dei, og resultatet',
      criterion: 'Krav',
      by: 'Prøvd med',
      result: 'Resultat',
    },
    state: { met: 'Prøvd, ingen funn', findings: 'Funn', 'not-checked': 'Ikkje prøvd' },
    beyond: 'utanfor dei 47',
    test: 'eigen test',
    check: {
      axe: 'reglar i axe',
      media: 'ingen lyd eller video på sida',
      reflow: 'inga sidelengs rulling ved 320 pikslar',
      zoom: 'forstørra til 200 %',
      'text-spacing': 'større avstand i teksten',
      keyboard: 'gått gjennom med tastatur',
      'forced-colours': 'tastatur med eigne fargar',
      title: 'tittel på vindauget',
      language: 'språket er merkt',
      motion: 'ingenting rører seg',
    },
  },
  en: {
    title: 'Accessibility',
    lead: 'Everyone shall be able to use these pages. Here stands what was tested, when, and what was found. The page is made from the results.',
    status: {
      title: 'How far we are',
      counts:
        'Public bodies in Norway must meet 47 requirements of WCAG 2.1. {{met}} of them were tested without findings, {{findings}} were tested with findings, and {{unchecked}} were not tested.',
      clean: 'That a test finds nothing does not mean that all is well: tests made by a machine find only some of the faults.',
      unchecked: 'Of requirements that nobody has tested we claim nothing.',
      untested: 'The pages have not been tested yet.',
    },
    tested: {
      title: 'What was tested',
      text: 'On {{date}}, {{pages}} pages were visited {{visits}} times in {{browser}}, in {{states}} states and three languages. States are, among others, while the page loads, when a source does not answer, and when something is refused.',
      widths: 'Widths of the screen: {{widths}} pixels.',
      checks: 'This was tested:',
      not: 'The test did not come to these pages:',
    },
    findings: { title: 'Known faults', none: 'The test found no faults.', lead: 'The test found this:' },
    hand: {
      title: 'What was not tested',
      text: 'Nobody has yet tried the pages with a screen reader, or together with people of reduced sight, hearing or movement. That must be done before the pages are taken into use.',
    },
    tell: {
      title: 'Tell about faults',
      text: 'If you find something you cannot use, tell the body that runs this service. It shall answer you, and give you the information in another way if you need it.',
      complain: 'If you are not content with the answer, you can complain to',
      supervision: 'The Norwegian authority for universal design of ICT supervises the requirements:',
    },
    table: {
      title: 'Requirement by requirement',
      caption: 'The requirements of WCAG 2.1 at levels A and AA, what tested them, and the result',
      criterion: 'Requirement',
      by: 'Tested by',
      result: 'Result',
    },
    state: { met: 'Tested, no findings', findings: 'Findings', 'not-checked': 'Not tested' },
    beyond: 'not among the 47',
    test: 'a test of its own',
    check: {
      axe: 'rules of axe',
      media: 'no sound or video on the page',
      reflow: 'no sideways scrolling at 320 pixels',
      zoom: 'enlarged to 200 %',
      'text-spacing': 'more space in the text',
      keyboard: 'walked through by keyboard',
      'forced-colours': 'keyboard with colours of one’s own',
      title: 'title of the window',
      language: 'the language is marked',
      motion: 'nothing moves',
    },
  },
}
