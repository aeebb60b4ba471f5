/**
 * Forskrivning (2010-04-01, 2013-10-08, 2014-12-01): what is prescribed and how it is taken; the drug block of M1, of M25 and of
 * dispensings. What FEST, the national register of medicines, knows of a drug by its number (prices, packing, rules of reimbursement)
 * becomes notes.
 */
import { group, list, optional, required, type ValueOf } from '../fields.ts'
import { amount, boolean, coded, integer, text, time, timestamp } from '../types.ts'

const FS = 'http://www.kith.no/xmlstds/eresept/forskrivning/2013-10-08'

const drugFields = {
  /** Atc 7180 */
  atc: optional('Atc', coded(7180)),
  /** NavnFormStyrke */
  name: required('NavnFormStyrke', text),
  /** Reseptgruppe 7421 */
  prescriptionGroup: required('Reseptgruppe', coded(7421)),
  /** LegemiddelformKort 7448 */
  form: optional('LegemiddelformKort', coded(7448)),
  /** Preparattype 7424 */
  preparationType: optional('Preparattype', coded(7424)),
  /** TypeSoknadSlv 7422 */
  applicationType: optional('TypeSoknadSlv', coded(7422)),
  /** Opioidsoknad */
  isOpioidApplication: optional('Opioidsoknad', boolean),
}
/** What FEST knows of every kind of drug. */
const ofFest = ['RefVilkar', 'SvartTrekant', 'Refusjon', 'PakningByttegruppe', 'AdministreringLegemiddel', 'Preparatomtaleavsnitt']

/** LegemiddelMerkevare: a brand with form and strength. */
const brand = group(
  'LegemiddelMerkevare',
  {
    ...drugFields,
    /** Id of FEST */
    festId: optional('Id', text),
    /** Varenavn */
    brandName: required('Varenavn', text),
    /** LegemiddelformLang */
    formText: optional('LegemiddelformLang', text),
    /** Smak 7504 */
    taste: optional('Smak', coded(7504)),
  },
  {
    kept: [
      ...ofFest,
      'SortertVirkestoffMedStyrke',
      'SortertVirkestoffUtenStyrke',
      'Lopenr',
      'Refvirkestoff',
      'ProduktInfo',
      'Reseptgyldighet',
      'Hjelpestoff',
    ],
  },
)

/** PakningsinfoResept */
const packageInfo = group('PakningsinfoResept', {
  /** Varenavn */
  brandName: required('Varenavn', text),
  /** Pakningsstr: text such as `10 x 100`. */
  size: required('Pakningsstr', text),
  /** EnhetPakning 7452, of pharmacies 7484. */
  unit: required('EnhetPakning', coded(7452, 7484)),
})

/** Legemiddelpakning: a package. */
const drugPackage = group(
  'Legemiddelpakning',
  {
    ...drugFields,
    /** Id of FEST */
    festId: optional('Id', text),
    /** Varenr: the Nordic article number. */
    articleNumber: required('Varenr', text),
    /** Ean */
    eans: list('Ean', text),
    /** IkkeKonservering */
    isPreservativeFree: optional('IkkeKonservering', boolean),
    /** Oppbevaring 7487 */
    storage: optional('Oppbevaring', coded(7487)),
    /** PakningsinfoResept */
    packages: list('PakningsinfoResept', packageInfo),
  },
  { kept: [...ofFest, 'Pakningsinfo', 'PrisVare', 'Markedsforingsinfo'] },
)

/** LegemiddelVirkestoff: an active substance with form and strength. */
const substance = group(
  'LegemiddelVirkestoff',
  {
    ...drugFields,
    /** Id of FEST */
    festId: required('Id', text),
  },
  {
    kept: [
      ...ofFest,
      'SortertVirkestoffMedStyrke',
      'SortertVirkestoffUtenStyrke',
      'RefLegemiddelMerkevare',
      'RefPakning',
      'ForskrivningsenhetResept',
    ],
  },
)

/** Legemiddeldose: one dose, as hospitals use them. */
const drugDose = group(
  'Legemiddeldose',
  {
    ...drugFields,
    /** Id of FEST */
    festId: required('Id', text),
    /** LmrLopenr */
    serialNumber: optional('LmrLopenr', text),
    /** Mengde */
    amount: required('Mengde', amount),
    /** Pakningstype 7449 */
    packageType: optional('Pakningstype', coded(7449)),
    /** RefLegemiddelMerkevare */
    brand: required('RefLegemiddelMerkevare', text),
    /** RefPakning */
    packages: list('RefPakning', text),
  },
  { kept: [...ofFest, 'Pakningskomponent', 'EnhetOrdinering'] },
)

/** Utblanding */
const dilution = group('Utblanding', {
  /** Adqs 7502 */
  rule: required('Adqs', coded(7502)),
})

/** MengdeBestanddel */
const ingredientAmount = group('MengdeBestanddel', {
  /** Mengde */
  amount: required('Mengde', amount),
})

/** Styrke */
const strength = group('Styrke', {
  /** Teller */
  numerator: required('Teller', amount),
  /** Nevner */
  denominator: optional('Nevner', amount),
})

/** BestanddelLegemiddel */
const drugIngredient = group(
  'BestanddelLegemiddel',
  {
    /** LegemiddelMerkevare */
    brand: optional('LegemiddelMerkevare', brand),
    /** Legemiddelpakning */
    package: optional('Legemiddelpakning', drugPackage),
    /** LegemiddelVirkestoff */
    substance: optional('LegemiddelVirkestoff', substance),
    /** Utblanding */
    dilution: optional('Utblanding', dilution),
    /** MengdeBestanddel */
    quantity: optional('MengdeBestanddel', ingredientAmount),
    /** Mengde, in 2010 */
    amount: optional('Mengde', amount),
  },
  { oneOf: ['brand', 'package', 'substance'], atMostOneOf: ['dilution', 'quantity'] },
)

/** BestanddelAnnet */
const otherIngredient = group(
  'BestanddelAnnet',
  {
    /** NavnFormStyrke */
    name: required('NavnFormStyrke', text),
    /** Utblanding */
    dilution: optional('Utblanding', dilution),
    /** MengdeBestanddel */
    quantity: optional('MengdeBestanddel', ingredientAmount),
    /** Styrke */
    strength: optional('Styrke', strength),
    /** Mengde, in 2010 */
    amount: optional('Mengde', amount),
  },
  { atMostOneOf: ['dilution', 'quantity', 'strength'] },
)

/** Virkestoff */
const activeSubstance = group(
  'Virkestoff',
  {
    /** Id of FEST */
    festId: required('Id', text),
    /** Navn */
    name: required('Navn', text),
    /** NavnEngelsk */
    englishName: optional('NavnEngelsk', text),
  },
  { kept: ['RefVirkestoff', 'Refusjon'] },
)

/** BestanddelVirkestoff */
const substanceIngredient = group(
  'BestanddelVirkestoff',
  {
    /** Virkestoff */
    substance: required('Virkestoff', activeSubstance),
    /** Styrke */
    strength: optional('Styrke', strength),
    /** MengdeBestanddel */
    quantity: optional('MengdeBestanddel', ingredientAmount),
  },
  { oneOf: ['strength', 'quantity'] },
)

/** Legemiddelblanding: made at the pharmacy. */
const mixture = group('Legemiddelblanding', {
  /** Navn */
  name: required('Navn', text),
  /** TilbOppl: how it is made. */
  preparation: required('TilbOppl', text),
  /** Mengde; not in 2010. */
  amount: optional('Mengde', amount),
  /** Legemiddelform 7448; not in 2010. */
  form: optional('Legemiddelform', coded(7448)),
  /** BestanddelLegemiddel */
  drugs: list('BestanddelLegemiddel', drugIngredient),
  /** BestanddelAnnet */
  others: list('BestanddelAnnet', otherIngredient),
  /** BestanddelVirkestoff */
  substances: list('BestanddelVirkestoff', substanceIngredient),
})

/** Infusjonshastighet */
const infusionRate = group('Infusjonshastighet', {
  /** Volum */
  volume: required('Volum', amount),
  /** Tidsenhet */
  perTime: required('Tidsenhet', coded()),
})

const doseFields = {
  /** Mengde: of each dose; its unit is free text, such as `tablett`. */
  amount: required('Mengde', amount),
  /** Intervall: the time between doses, such as 1 Døgn. */
  interval: optional('Intervall', amount),
  /** Infusjonshastighet */
  infusionRate: optional('Infusjonshastighet', infusionRate),
}

/** FastDose */
const days = group('FastDose', {
  /** FasteUkedager */
  weekdays: list('FasteUkedager', coded()),
  /** DagerPa */
  daysOn: optional('DagerPa', integer),
  /** DagerAv */
  daysOff: optional('DagerAv', integer),
})

/** DoseFastTidspunkt */
const fixedDose = group('DoseFastTidspunkt', {
  ...doseFields,
  /** Klokkeslett */
  timeOfDay: optional('Klokkeslett', time),
  /** Tidsomrade 8325 */
  when: optional('Tidsomrade', coded(8325)),
  /** GisEksakt */
  isExact: required('GisEksakt', boolean),
  /** FastDose */
  days: optional('FastDose', days),
})

/** DoseEtterBehov */
const asNeededDose = group('DoseEtterBehov', {
  ...doseFields,
  /** DoseDognMaks */
  maxPerDay: required('DoseDognMaks', amount),
  /** DoseTidsromMaks: the most in `period`. */
  maxPerPeriod: required('DoseTidsromMaks', amount),
  /** Tidsrom */
  period: required('Tidsrom', amount),
  /** DoseIntervallMin */
  minInterval: required('DoseIntervallMin', amount),
})

/** Doseringsregel */
const dosingRule = group('Doseringsregel', {
  /** DoseresEtter */
  by: required('DoseresEtter', coded()),
  /** Merknad */
  note: optional('Merknad', text),
})

/** Dosering: one line of the dose; a taper has several in order. */
const dosing = group(
  'Dosering',
  {
    /** Starttidspunkt */
    start: optional('Starttidspunkt', timestamp),
    /** Sluttidspunkt */
    end: optional('Sluttidspunkt', timestamp),
    /** Doseringsregel */
    rule: optional('Doseringsregel', dosingRule),
    /** DoseFastTidspunkt */
    fixed: list('DoseFastTidspunkt', fixedDose),
    /** DoseEtterBehov */
    asNeeded: list('DoseEtterBehov', asNeededDose),
  },
  { oneOf: ['fixed', 'asNeeded'] },
)

/** AdministreringForskrivning; Administrering in 2010. */
const administration = group('AdministreringForskrivning', {
  /** AdmVed */
  by: required('AdmVed', coded()),
  /** AdmMate */
  method: required('AdmMate', coded()),
  /** AdmEtterSkjema */
  bySchedule: optional('AdmEtterSkjema', boolean),
  /** AdmSkjema */
  schedule: optional('AdmSkjema', text),
})

/** Forskrivning */
export const prescribing = group(
  'Forskrivning',
  {
    /** Bruksomrade: what it is for, as on the label. */
    applicationArea: optional('Bruksomrade', text),
    /** DosVeiledEnkel: the dose in words. Always shown. */
    doseText: optional('DosVeiledEnkel', text),
    /** IngenKombinasjon */
    noCombination: optional('IngenKombinasjon', boolean),
    /** Bruk 9101: 1 regular, 2 course, 3 as needed, 4 vaccine. */
    use: optional('Bruk', coded(9101)),
    /** Kortdose 7478 */
    shortDose: optional('Kortdose', coded(7478)),
    /** AdministreringForskrivning */
    administration: optional('AdministreringForskrivning|Administrering', administration),
    /** Dosering, in their order. */
    dosings: list('Dosering', dosing),
    /** LegemiddelMerkevare */
    brand: optional('LegemiddelMerkevare', brand),
    /** Legemiddelpakning */
    package: optional('Legemiddelpakning', drugPackage),
    /** LegemiddelVirkestoff */
    substance: optional('LegemiddelVirkestoff', substance),
    /** Legemiddelblanding */
    mixture: optional('Legemiddelblanding', mixture),
    /** Legemiddeldose */
    dose: optional('Legemiddeldose', drugDose),
  },
  { oneOf: ['brand', 'package', 'substance', 'mixture', 'dose'], namespace: FS, isOwn: true },
)

export type Prescribing = ValueOf<typeof prescribing>

const supplyFields = {
  /** Nr */
  number: required('Nr', text),
  /** Navn */
  name: required('Navn', text),
}
const ofSupply = ['ProduktInfoVare', 'Leverandor', 'PrisVare', 'Refusjon']

/** MedForbMatr: consumables. */
export const consumable = group('MedForbMatr', supplyFields, { kept: [...ofSupply, 'BestanddelMatr'], namespace: FS, isOwn: true })
/** Naringsmiddel: food for special medical purposes. */
export const nutrition = group('Naringsmiddel', supplyFields, { kept: [...ofSupply, 'StyrkeFormStoff'], namespace: FS, isOwn: true })
/** Brystprotese */
export const breastProsthesis = group('Brystprotese', supplyFields, { kept: ofSupply, namespace: FS, isOwn: true })
