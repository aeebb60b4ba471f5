/**
 * Texts of the pieces in this folder, i18next namespace `ui`. The four kinds of nothing (none, unknown, withheld, unavailable) are
 * worded apart, because they lead to different actions; a service may replace each with its own words.
 */
export const uiTexts = {
  nb: {
    state: {
      loading: { title: 'Henter opplysninger …' },
      none: { title: 'Ingenting registrert', text: 'De som deler opplysninger her, har svart at det ikke er noe å vise.' },
      unknown: { title: 'Ikke kjent', text: 'Ingen har delt slike opplysninger om personen her. Det kan likevel finnes noe andre steder.' },
      withheld: { title: 'Holdt tilbake', text: 'Det finnes opplysninger som ikke vises for deg.' },
      unavailable: {
        title: 'Kilden svarer ikke',
        text: 'Vi vet ikke om det finnes noe. Prøv igjen, eller ta kontakt med den som har opplysningene.',
      },
      refused: { title: 'Ikke tilgang', text: 'Du har ikke tilgang til disse opplysningene.' },
      failed: { title: 'Noe gikk galt', text: 'Opplysningene kunne ikke hentes. Feilen er på vår side.' },
      partial: { title: 'Ufullstendig', text: 'Noe mangler i det som vises under.' },
      stale: { title: 'Kan være utdatert', text: 'Opplysningene under er ikke hentet på nytt.' },
    },
    retry: 'Prøv igjen',
    source: { label: 'Kilde', unit: 'Enhet', author: 'Registrert av', device: 'Utstyr', time: 'Tidspunkt', stale: 'kan være utdatert' },
    language: { label: 'Språk' },
    skip: 'Hopp til hovedinnholdet',
    phone: 'Telefon',
    isNew: 'Nytt',
  },
  nn: {
    state: {
      loading: { title: 'Hentar opplysningar …' },
      none: { title: 'Ingenting registrert', text: 'Dei som deler opplysningar her, har svart at det ikkje er noko å vise.' },
      unknown: {
        title: 'Ikkje kjent',
        text: 'Ingen har delt slike opplysningar om personen her. Det kan likevel finnast noko andre stader.',
      },
      withheld: { title: 'Halde tilbake', text: 'Det finst opplysningar som ikkje blir viste for deg.' },
      unavailable: {
        title: 'Kjelda svarer ikkje',
        text: 'Vi veit ikkje om det finst noko. Prøv igjen, eller ta kontakt med den som har opplysningane.',
      },
      refused: { title: 'Ikkje tilgang', text: 'Du har ikkje tilgang til desse opplysningane.' },
      failed: { title: 'Noko gjekk gale', text: 'Opplysningane kunne ikkje hentast. Feilen er på vår side.' },
      partial: { title: 'Ufullstendig', text: 'Noko manglar i det som er vist under.' },
      stale: { title: 'Kan vere utdatert', text: 'Opplysningane under er ikkje henta på nytt.' },
    },
    retry: 'Prøv igjen',
    source: { label: 'Kjelde', unit: 'Eining', author: 'Registrert av', device: 'Utstyr', time: 'Tidspunkt', stale: 'kan vere utdatert' },
    language: { label: 'Språk' },
    skip: 'Hopp til hovudinnhaldet',
    phone: 'Telefon',
    isNew: 'Nytt',
  },
  en: {
    state: {
      loading: { title: 'Fetching information …' },
      none: { title: 'Nothing registered', text: 'Those who share information here have answered that there is nothing to show.' },
      unknown: {
        title: 'Not known',
        text: 'Nobody has shared such information about the person here. There may still be something elsewhere.',
      },
      withheld: { title: 'Withheld', text: 'There is information that is not shown to you.' },
      unavailable: {
        title: 'The source does not answer',
        text: 'We do not know whether there is anything. Try again, or contact whoever holds the information.',
      },
      refused: { title: 'No access', text: 'You do not have access to this information.' },
      failed: { title: 'Something went wrong', text: 'The information could not be fetched. The fault is ours.' },
      partial: { title: 'Incomplete', text: 'Something is missing from what is shown below.' },
      stale: { title: 'May be out of date', text: 'The information below has not been fetched again.' },
    },
    retry: 'Try again',
    source: { label: 'Source', unit: 'Unit', author: 'Recorded by', device: 'Device', time: 'Time', stale: 'may be out of date' },
    language: { label: 'Language' },
    skip: 'Skip to main content',
    phone: 'Phone',
    isNew: 'New',
  },
} as const
