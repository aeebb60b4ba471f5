/** What the pages with help and about privacy say. */
import { texts } from '@helsevev/ui/texts.ts'

// biome-ignore format: a table, one row to a text
export const helpTexts = texts({
  title: ['Hjelp og kontakt', 'Hjelp og kontakt', 'Help and contact'],
  help: ['Hjelp', 'Hjelp', 'Help'],
  'for.clinician': ['for helsepersonell', 'for helsepersonell', 'for health personnel'],
  'for.citizen': ['for innbyggere', 'for innbyggjarar', 'for citizens'],
  'for.controller': ['for dataansvarlige', 'for dataansvarlege', 'for data controllers'],
  back: ['Tilbake', 'Tilbake', 'Back'],
  'often.title': ['Spørsmål mange har', 'Spørsmål mange har', 'Questions that many have'],
  'clinician.0.q': ['Hvorfor ser jeg ikke alt?', 'Kvifor ser eg ikkje alt?', 'Why do I not see everything?'],
  'clinician.0.a': ['Ikke alle virksomheter deler alt, og pasienten kan ha sperret noe. Siden sier hva som holdes tilbake, og om du kan få ' +
    'se det med samtykke eller nødtilgang.', 'Ikkje alle verksemder deler alt, og pasienten kan ha sperra noko. Sida seier kva som blir ' +
    'halde tilbake, og om du kan få sjå det med samtykke eller naudtilgang.', 'Not every organisation shares everything, and the patient ' +
    'may have restricted something. The page says what is withheld, and whether consent or emergency access opens it.'],
  'clinician.1.q': ['Noe er feil i det jeg ser', 'Noko er feil i det eg ser', 'Something I see is wrong'],
  'clinician.1.a': ['Ring kilden, som står ved opplysningen. Bare den kan rette.', 'Ring kjelda, som står ved opplysninga. Berre ho kan rette.',
    'Call the source, which is named with the information. Only the source can correct it.'],
  'clinician.2.q': ['Finnes det hurtigtaster?', 'Finst det snøggtastar?', 'Are there keyboard shortcuts?'],
  'clinician.2.a': ['Ja. De står under «Hurtigtaster» på pasientens side, og kan slås av der.',
    'Ja. Dei står under «Snøggtastar» på sida til pasienten, og kan slåast av der.',
    'Yes. They stand under “Keyboard shortcuts” on the patient’s page, where they can be turned off.'],
  'citizen.0.q': ['Noe som står om meg, er feil', 'Noko som står om meg, er feil', 'Something about me is wrong'],
  'citizen.0.a': ['Kontakt den som har registrert det. Navnet står ved opplysningen, og telefonnummeret under «Hvor du kan henvende deg» når du er logget inn.',
    'Kontakt den som har registrert det. Namnet står ved opplysninga, og telefonnummeret under «Kvar du kan vende deg» når du er logga inn.',
    'Contact those who registered it. The name stands with the information, and the telephone under “Where to turn” when you are signed in.'],
  'citizen.1.q': ['Jeg kommer ikke inn', 'Eg kjem ikkje inn', 'I cannot get in'],
  'citizen.1.a': ['Er du under 16 år, må en forelder samtykke. Forelderen logger inn selv og gir samtykket under «På vegne av».',
    'Er du under 16 år, må ein forelder samtykkje. Forelderen loggar inn sjølv og gir samtykket under «På vegner av».',
    'If you are under 16, a parent must consent. The parent signs in and gives the consent under “On behalf of”.'],
  'citizen.2.q': ['Det haster', 'Det hastar', 'It is urgent'],
  'citizen.2.a': ['Ring 113 når det står om liv. Ring legevakten på 116 117 når du trenger hjelp samme dag.',
    'Ring 113 når det står om liv. Ring legevakta på 116 117 når du treng hjelp same dag.',
    'Call 113 when life is at stake. Call the out-of-hours clinic on 116 117 when you need help the same day.'],
  'controller.0.q': ['Hvem kan endre hva?', 'Kven kan endre kva?', 'Who can change what?'],
  'controller.0.a': ['Eieren endrer avtaler og roller, personvernombudet følger opp oppslag og svarer innbyggere, og leseren ser. Din rolle ' +
    'står øverst på hver side.', 'Eigaren endrar avtalar og roller, personvernombodet følgjer opp oppslag og svarer innbyggjarar, og ' +
    'lesaren ser. Rolla di står øvst på kvar side.', 'The owner changes agreements and roles, the privacy officer follows up look-ups and ' +
    'answers citizens, and the reader sees. Your role is at the top of each page.'],
  'controller.1.q': ['Når gjelder en avtale?', 'Når gjeld ein avtale?', 'When does an agreement apply?'],
  'controller.1.a': ['Når én fra hver side har signert. Den dataansvarlige kan stenge straks.',
    'Når éin frå kvar side har signert. Den dataansvarlege kan stengje straks.',
    'When one person of each side has signed. The data controller can close it at once.'],
  'controller.2.q': ['Hvordan får jeg tallene ut?', 'Korleis får eg tala ut?', 'How do I get the figures out?'],
  'controller.2.a': ['Under hver tabell står «Last ned som CSV».', 'Under kvar tabell står «Last ned som CSV».',
    'Under each table there is “Download as CSV”.'],
  'contact.title': ['Kontakt', 'Kontakt', 'Contact'],
  'contact.reach': ['De som driver Helsevev her:', 'Dei som driv Helsevev her:', 'Those who run Helsevev here:'],
  'contact.content': ['Om innholdet: kontakt kilden som er oppgitt. Den svarer for det.',
    'Om innhaldet: kontakt kjelda som er oppgitt. Ho svarer for det.', 'About the content: contact the named source, which answers for it.'],
  'contact.pages': ['Om innlogging og sider: kontakt brukerstøtten i virksomheten din. Innbyggere kontakter virksomheten som driver ' +
    'tjenesten.', 'Om innlogging og sider: kontakt brukarstøtta i verksemda di. Innbyggjarar kontaktar verksemda som driv tenesta.',
    'About sign-in and pages: contact the user support of your organisation. Citizens contact the body that runs the service.'],
  'contact.privacy': ['Om hvem som har sett opplysningene: spør virksomheten fra loggen, eller kontakt personvernombudet der.',
    'Om kven som har sett opplysningane: spør verksemda frå loggen, eller kontakt personvernombodet der.',
    'About who has seen the information: ask the organisation from the log, or contact its data protection officer.'],
  'session.title': ['Innlogging', 'Innlogging', 'Sign-in'],
  'session.text': ['Du blir logget ut etter {{minutes}} minutter uten bruk, og etter {{hours}} timer uansett. Du får beskjed først. Det du ' +
    'skriver, får du tilbake når du logger inn igjen i samme vindu; står det noe annet i beskjeden, gjelder det.', 'Du blir logga ut ' +
    'etter {{minutes}} minutt utan bruk, og etter {{hours}} timar uansett. Du får beskjed først. Det du skriv, får du tilbake når du ' +
    'loggar inn igjen i same vindauge; står det noko anna i beskjeden, gjeld det.', 'You are signed out after {{minutes}} minutes without ' +
    'use, and after {{hours}} hours in any case. You are told before. You get back what you write when you sign in again in the same ' +
    'window, unless the warning says otherwise.'],
})

// biome-ignore format: a table, one row to a text
export const privacyTexts = texts({
  title: ['Personvern', 'Personvern', 'Privacy'],
  lead: ['Virksomheten som har registrert opplysningene, er dataansvarlig for dem og bestemmer hvem som får se.',
    'Verksemda som har registrert opplysningane, er dataansvarleg for dei og bestemmer kven som får sjå.',
    'The organisation that registered the information is its data controller, and decides who may see it.'],
  'point.0': ['Hvert oppslag logges før noe vises: hvem, hvor, når, hvorfor og hva. Pasienten kan lese loggen, og en linje kan ikke endres.',
    'Kvart oppslag blir logga før noko er vist: kven, kvar, når, kvifor og kva. Pasienten kan lese loggen, og ei linje kan ikkje endrast.',
    'Each look-up is logged before anything shows: who, where, when, why and what. The patient can read the log; no line can be changed.'],
  'point.1': ['Pasienten kan sperre opplysninger, blokkere en person og reservere seg mot deling.',
    'Pasienten kan sperre opplysningar, blokkere ein person og reservere seg mot deling.',
    'The patient can restrict information, block a person and opt out of sharing.'],
  'point.2': ['Nettleseren lagrer ingen helseopplysninger. Den har en informasjonskapsel for innloggingen og en for språket. Den husker om ' +
    'du har sett innføringen, og hvilken virksomhet du valgte sist. Tekst du ikke har sendt, ligger kryptert i vinduet til du sender den eller ' +
    'logger ut.',
    'Nettlesaren lagrar ingen helseopplysningar. Han har ein informasjonskapsel for innlogginga og ein for språket. Han hugsar om du har sett ' +
    'innføringa, og kva verksemd du valde sist. Tekst du ikkje har sendt, ligg kryptert i vindauget til du sender han eller loggar ut.',
    'The browser stores no health information. It has one cookie for the sign-in and one for the language. It remembers whether you have seen ' +
    'the introduction, and which organisation you chose last. Text that you have not sent is kept encrypted in the window until you send it or ' +
    'sign out.'],
  'point.3': ['Ingenting sendes til andre: ingen måling av besøk, ingen skrift, bilder eller skript fra andre steder.',
    'Ingenting blir sendt til andre: inga måling av besøk, inga skrift, bilete eller skript frå andre stader.',
    'Nothing is sent to others: no counting of visits, no fonts, pictures or scripts from elsewhere.'],
  'rights.title': ['Rettighetene dine', 'Rettane dine', 'Your rights'],
  'rights.text': ['Du kan kreve innsyn, retting og begrensning hos den dataansvarlige, og klage til Datatilsynet:',
    'Du kan krevje innsyn, retting og avgrensing hos den dataansvarlege, og klage til Datatilsynet:',
    'You can demand access, correction and restriction from the data controller, and complain to the data protection authority:'],
})
