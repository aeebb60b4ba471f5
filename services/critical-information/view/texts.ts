/** Words of the panel, i18next namespace `critical-information`. What is registered is shown in the words it was registered with. */
const nb = {
  title: 'Kritisk informasjon',
  banner_one: 'Kritisk informasjon:',
  banner_other: 'Kritisk informasjon ({{count}}):',
  noneNow: 'Ingenting gjelder nå.',
  before_one: 'Vis {{count}} som er avkreftet eller avsluttet',
  before_other: 'Vis {{count}} som er avkreftet eller avsluttet',
  serious: 'Alvorlig',
  certainty: { presumed: 'Sannsynlig', unconfirmed: 'Mistenkt' },
  standing: { ended: 'Avsluttet', refuted: 'Avkreftet' },
  validUntil: 'Gjelder til {{date}}.',
  updated: 'Endret av {{who}} {{date}}.',
  none: { title: 'Ingen kritisk informasjon', text: 'De som deler med dere, har ikke registrert noe.' },
  unknown: { title: 'Ikke kjent', text: 'Ingen har registrert kritisk informasjon her. Det betyr ikke at det ikke finnes.' },
  withheld: { title: 'Holdt tilbake', text: 'Det finnes kritisk informasjon som ingen avtale åpner for dere.' },
  unavailable: { title: 'Kritisk informasjon svarer ikke', text: 'Vi vet ikke om det finnes noe. Spør pasienten, og prøv igjen.' },
  partial: { title: 'Ikke alt vises', text: 'Noe er registrert hos andre som ingen avtale åpner for dere.' },
}

const nn: typeof nb = {
  title: 'Kritisk informasjon',
  banner_one: 'Kritisk informasjon:',
  banner_other: 'Kritisk informasjon ({{count}}):',
  noneNow: 'Ingenting gjeld no.',
  before_one: 'Vis {{count}} som er avkrefta eller avslutta',
  before_other: 'Vis {{count}} som er avkrefta eller avslutta',
  serious: 'Alvorleg',
  certainty: { presumed: 'Sannsynleg', unconfirmed: 'Mistenkt' },
  standing: { ended: 'Avslutta', refuted: 'Avkrefta' },
  validUntil: 'Gjeld til {{date}}.',
  updated: 'Endra av {{who}} {{date}}.',
  none: { title: 'Ingen kritisk informasjon', text: 'Dei som deler med dykk, har ikkje registrert noko.' },
  unknown: { title: 'Ikkje kjent', text: 'Ingen har registrert kritisk informasjon her. Det tyder ikkje at det ikkje finst.' },
  withheld: { title: 'Halde tilbake', text: 'Det finst kritisk informasjon som ingen avtale opnar for dykk.' },
  unavailable: { title: 'Kritisk informasjon svarer ikkje', text: 'Vi veit ikkje om det finst noko. Spør pasienten, og prøv igjen.' },
  partial: { title: 'Ikkje alt er vist', text: 'Noko er registrert hos andre som ingen avtale opnar for dykk.' },
}

const en: typeof nb = {
  title: 'Critical information',
  banner_one: 'Critical information:',
  banner_other: 'Critical information ({{count}}):',
  noneNow: 'Nothing applies now.',
  before_one: 'Show {{count}} refuted or ended',
  before_other: 'Show {{count}} refuted or ended',
  serious: 'Serious',
  certainty: { presumed: 'Probable', unconfirmed: 'Suspected' },
  standing: { ended: 'Ended', refuted: 'Refuted' },
  validUntil: 'Applies until {{date}}.',
  updated: 'Changed by {{who}} on {{date}}.',
  none: { title: 'No critical information', text: 'Those who share with you have registered nothing.' },
  unknown: { title: 'Not known', text: 'Nobody has registered critical information here. That does not mean that there is none.' },
  withheld: { title: 'Withheld', text: 'There is critical information that no agreement opens to you.' },
  unavailable: {
    title: 'Critical information does not answer',
    text: 'We do not know whether there is any. Ask the patient, and try again.',
  },
  partial: { title: 'Not everything is shown', text: 'Others have registered something that no agreement opens to you.' },
}

export const texts = { nb, nn, en }
