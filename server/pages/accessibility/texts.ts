/** What the accessibility statement says around the results. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const statementTexts = texts({
  title: ['Tilgjengelighet', 'Tilgjenge', 'Accessibility'],
  lead: ['Alle skal kunne bruke sidene. Her står hva som er prøvd, når, og hva som ble funnet. Siden er laget av resultatene.',
    'Alle skal kunne bruke sidene. Her står kva som er prøvd, når, og kva som blei funne. Sida er laga av resultata.',
    'Everyone shall be able to use the pages. Here is what was tested, when, and what was found. The page is made from the results.'],
  'status.title': ['Hvor langt vi er', 'Kor langt vi er', 'How far we are'],
  'status.counts': ['Offentlige virksomheter skal følge 47 krav i WCAG 2.1. Prøvd uten funn: {{met}}. Med funn: {{findings}}. Ikke ' +
    'prøvd: {{unchecked}}.', 'Offentlege verksemder skal følgje 47 krav i WCAG 2.1. Prøvde utan funn: {{met}}. Med funn: {{findings}}. ' +
    'Ikkje prøvde: {{unchecked}}.', 'Public bodies must meet 47 requirements of WCAG 2.1. Tested without findings: {{met}}. With ' +
    'findings: {{findings}}. Not tested: {{unchecked}}.'],
  'status.clean': ['En prøve uten funn betyr ikke at alt er i orden: en maskin finner bare en del av feilene.',
    'Ein prøve utan funn betyr ikkje at alt er i orden: ei maskin finn berre ein del av feila.',
    'A test without findings does not mean that all is well: a machine finds only some of the faults.'],
  'status.unchecked': ['Krav som ingen har prøvd, påstår vi ingenting om.', 'Krav som ingen har prøvd, påstår vi ingenting om.',
    'We claim nothing about requirements that nobody has tested.'],
  'status.untested': ['Sidene er ikke prøvd ennå.', 'Sidene er ikkje prøvde enno.', 'The pages have not been tested yet.'],
  'tested.title': ['Hva som er prøvd', 'Kva som er prøvd', 'What was tested'],
  'tested.text': ['{{date}} ble {{pages}} sider prøvd {{visits}} ganger i {{browser}}, i {{states}} tilstander og på tre språk. ' +
    'Tilstandene er blant annet mens siden henter, når en kilde ikke svarer, og når noe er nektet.', '{{date}} blei {{pages}} sider ' +
    'prøvde {{visits}} gonger i {{browser}}, i {{states}} tilstandar og på tre språk. Tilstandane er mellom anna medan sida hentar, når ' +
    'ei kjelde ikkje svarer, og når noko er nekta.', 'On {{date}}, {{pages}} pages were visited {{visits}} times in {{browser}}, in ' +
    '{{states}} states and three languages. States are, among others, while the page loads, when a source does not answer, and when ' +
    'something is refused.'],
  'tested.widths': ['Skjermbredder: {{widths}} piksler.', 'Skjermbreidder: {{widths}} pikslar.', 'Screen widths: {{widths}} pixels.'],
  'tested.checks': ['Dette ble prøvd:', 'Dette blei prøvd:', 'This was tested:'],
  'tested.not': ['Disse sidene kom prøven ikke til:', 'Desse sidene kom prøven ikkje til:', 'The test did not come to these pages:'],
  'findings.title': ['Kjente feil', 'Kjende feil', 'Known faults'],
  'findings.none': ['Prøven fant ingen feil.', 'Prøven fann ingen feil.', 'The test found no faults.'],
  'findings.lead': ['Prøven fant dette:', 'Prøven fann dette:', 'The test found this:'],
  'hand.title': ['Det som ikke er prøvd', 'Det som ikkje er prøvd', 'What was not tested'],
  'hand.text': [
    'Ingen har prøvd sidene med skjermleser, eller sammen med mennesker med nedsatt syn, hørsel eller bevegelse. Det må gjøres før bruk.',
    'Ingen har prøvd sidene med skjermlesar, eller saman med menneske med nedsett syn, høyrsel eller rørsle. Det må gjerast før bruk.',
    'Nobody has tried the pages with a screen reader, or with people of reduced sight, hearing or movement. That must be done before use.'],
  'tell.title': ['Si fra om feil', 'Sei frå om feil', 'Report faults'],
  'tell.text': ['Meld det du ikke kan bruke, til virksomheten som driver tjenesten. Den skal svare, og gi deg opplysningene på en annen ' +
    'måte.', 'Meld det du ikkje kan bruke, til verksemda som driv tenesta. Ho skal svare, og gi deg opplysningane på ein annan måte.',
    'Report what you cannot use to the body that runs the service. It shall answer, and give you the information in another way.'],
  'tell.complain': ['Er du ikke fornøyd med svaret, kan du klage til', 'Er du ikkje nøgd med svaret, kan du klage til',
    'If you are not content with the answer, you can complain to'],
  'tell.supervision': ['Tilsynet for universell utforming av IKT fører tilsyn med kravene:',
    'Tilsynet for universell utforming av ikt fører tilsyn med krava:', 'The authority for universal design of ICT supervises it:'],
  'table.title': ['Krav for krav', 'Krav for krav', 'Requirement by requirement'],
  'table.caption': ['Kravene i WCAG 2.2 på nivå A og AA, hva som prøvde dem, og resultatet',
    'Krava i WCAG 2.2 på nivå A og AA, kva som prøvde dei, og resultatet', 'WCAG 2.2 at levels A and AA, what tested it, and the result'],
  'table.criterion': ['Krav', 'Krav', 'Requirement'], 'table.by': ['Prøvd med', 'Prøvd med', 'Tested by'],
  'table.result': ['Resultat', 'Resultat', 'Result'],
  'state.met': ['Prøvd, ingen funn', 'Prøvd, ingen funn', 'Tested, no findings'], 'state.findings': ['Funn', 'Funn', 'Findings'],
  'state.not-checked': ['Ikke prøvd', 'Ikkje prøvd', 'Not tested'],
  beyond: ['utenfor de 47', 'utanfor dei 47', 'not among the 47'],
  test: ['egen test', 'eigen test', 'a test of its own'],
  'check.axe': ['regler i axe', 'reglar i axe', 'rules of axe'],
  'check.media': ['ingen lyd eller video på siden', 'ingen lyd eller video på sida', 'no sound or video on the page'],
  'check.reflow': ['ingen sidelengs rulling ved 320 piksler', 'inga sidelengs rulling ved 320 pikslar', 'no sideways scroll at 320 pixels'],
  'check.zoom': ['forstørret til 200 %', 'forstørra til 200 %', 'enlarged to 200 %'],
  'check.text-spacing': ['større avstand i teksten', 'større avstand i teksten', 'more space in the text'],
  'check.keyboard': ['gått gjennom med tastatur', 'gått gjennom med tastatur', 'walked through by keyboard'],
  'check.forced-colours': ['tastatur med egne farger', 'tastatur med eigne fargar', 'keyboard with colours of one’s own'],
  'check.title': ['tittel på vinduet', 'tittel på vindauget', 'title of the window'],
  'check.language': ['språket er merket', 'språket er merkt', 'the language is marked'],
  'check.structure': ['rekkefølge, bilder og id-er', 'rekkjefølgje, bilete og id-ar', 'order, pictures and ids'],
  'check.orientation': ['holdt på tvers', 'halde på tvers', 'held sideways'],
  'check.shapes': ['kanter og ikoner', 'kantar og ikon', 'edges and icons'],
  'check.motion': ['ingenting beveger seg', 'ingenting rører seg', 'nothing moves'],
})
