/**
 * Plain names of common analyses: by code of the Norwegian laboratory code system (7280), else by the name of the component after the
 * system (`B-Trombocytter`). The words are ours; they explain what is measured and not what a number means. An analysis that is not here is
 * shown by the laboratory's own name.
 */
import type { Language } from '@helsevev/ui/format.ts'

type Row = readonly [codes: string, components: string, nb: string, nn: string, en: string]

// biome-ignore format: a table, one analysis to a row
const rows: readonly Row[] = [
  ['NOR05172', 'hemoglobin', 'Blodprosent', 'Blodprosent', 'Haemoglobin in the blood'],
  ['NPU02593', 'leukocytter', 'Hvite blodceller', 'Kvite blodceller', 'White blood cells'],
  ['', 'erytrocytter', 'Røde blodceller', 'Raude blodceller', 'Red blood cells'],
  ['', 'trombocytter', 'Blodplater', 'Blodplater', 'Platelets'],
  ['NPU01961', 'evf,hematokrit', 'Andel røde blodceller', 'Del raude blodceller', 'Share of red blood cells'],
  ['', 'mcv', 'Størrelsen på røde blodceller', 'Storleiken på raude blodceller', 'Size of red blood cells'],
  ['NPU26880', 'mch', 'Fargestoff i hver røde blodcelle', 'Fargestoff i kvar raude blodcelle', 'Haemoglobin in each red blood cell'],
  ['NPU08694', 'retikulocytter', 'Unge røde blodceller', 'Unge raude blodceller', 'Young red blood cells'],
  ['NPU18156', 'differensialtelling', 'Hvite blodceller etter type', 'Kvite blodceller etter type', 'White blood cells by type'],
  ['NPU02902', 'nøytrofile granulocytter,neutrofile granulocytter,nøytrofile', 'Hvite blodceller, nøytrofile', 'Kvite blodceller, nøytrofile', 'White blood cells, neutrophils'],
  ['NPU02636', 'lymfocytter', 'Hvite blodceller, lymfocytter', 'Kvite blodceller, lymfocyttar', 'White blood cells, lymphocytes'],
  ['NPU02840', 'monocytter', 'Hvite blodceller, monocytter', 'Kvite blodceller, monocyttar', 'White blood cells, monocytes'],
  ['NPU01933', 'eosinofile granulocytter,eosinofile', 'Hvite blodceller, eosinofile', 'Kvite blodceller, eosinofile', 'White blood cells, eosinophils'],
  ['NPU01349', 'basofile granulocytter,basofile', 'Hvite blodceller, basofile', 'Kvite blodceller, basofile', 'White blood cells, basophils'],
  ['NPU19748', 'c-reaktivt protein,crp', 'Tegn på betennelse', 'Teikn på betennelse', 'Sign of inflammation'],
  ['', 'senkning,sr,senkningsreaksjon', 'Senkning, tegn på betennelse', 'Senking, teikn på betennelse', 'Sedimentation, sign of inflammation'],
  ['NPU03429', 'natrium', 'Natrium, et salt i blodet', 'Natrium, eit salt i blodet', 'Sodium, a salt in the blood'],
  ['NPU03230', 'kalium', 'Kalium, et salt i blodet', 'Kalium, eit salt i blodet', 'Potassium, a salt in the blood'],
  ['NPU01443', 'kalsium', 'Kalk i blodet', 'Kalk i blodet', 'Calcium in the blood'],
  ['', 'magnesium', 'Magnesium, et salt i blodet', 'Magnesium, eit salt i blodet', 'Magnesium, a salt in the blood'],
  ['', 'fosfat', 'Fosfat, et salt i blodet', 'Fosfat, eit salt i blodet', 'Phosphate, a salt in the blood'],
  ['NPU04998', 'kreatinin', 'Kreatinin, viser hvordan nyrene virker', 'Kreatinin, viser korleis nyrene verkar', 'Creatinine, shows how the kidneys work'],
  ['NOR25909,NOR15245', 'egfr,estimert gfr,nyre-egfr ckd-epi kreatinin', 'Hvor godt nyrene renser blodet', 'Kor godt nyrene reinsar blodet', 'How well the kidneys clean the blood'],
  ['NPU01459', 'karbamid', 'Karbamid, avfallsstoff fra protein', 'Karbamid, avfallsstoff frå protein', 'Urea, waste from protein'],
  ['NPU09356', 'urat,urinsyre', 'Urinsyre', 'Urinsyre', 'Uric acid'],
  ['', 'albumin/kreatinin-ratio,albumin/kreatinin', 'Protein i urinen', 'Protein i urinen', 'Protein in the urine'],
  ['NPU27300', 'hba1c', 'Langtidsblodsukker', 'Langtidsblodsukker', 'Long-term blood sugar'],
  ['NPU02192,NPU02187', 'glukose', 'Blodsukker', 'Blodsukker', 'Blood sugar'],
  ['', 'kolesterol,totalkolesterol', 'Fettstoff i blodet', 'Feittstoff i blodet', 'Fat in the blood'],
  ['', 'ldl-kolesterol,kolesterol ldl', 'Fettstoffet LDL', 'Feittstoffet LDL', 'LDL, a fat in the blood'],
  ['', 'hdl-kolesterol,kolesterol hdl', 'Fettstoffet HDL', 'Feittstoffet HDL', 'HDL, a fat in the blood'],
  ['', 'triglyserider', 'Fettstoffet triglyserider', 'Feittstoffet triglyserid', 'Triglycerides, a fat in the blood'],
  ['NPU19651', 'alat', 'Leverprøve (ALAT)', 'Leverprøve (ALAT)', 'Liver test (ALAT)'],
  ['NPU19654', 'asat', 'Leverprøve (ASAT)', 'Leverprøve (ASAT)', 'Liver test (ASAT)'],
  ['NPU19657', 'gt,gamma-gt', 'Leverprøve (GT)', 'Leverprøve (GT)', 'Liver test (GT)'],
  ['NPU53077,NPU27783', 'alkalisk fosfatase,alp', 'Prøve av lever og skjelett', 'Prøve av lever og skjelett', 'Test of liver and bones'],
  ['NPU01370', 'bilirubin', 'Gallefargestoff', 'Gallefargestoff', 'Bile pigment'],
  ['NPU19658', 'ld', 'Stoff fra celler som brytes ned', 'Stoff frå celler som blir brotne ned', 'Substance from cells that break down'],
  ['NPU19673', 'albumin', 'Det vanligste proteinet i blodet', 'Det vanlegaste proteinet i blodet', 'The most common protein in the blood'],
  ['NPU19763', 'ferritin', 'Jernlager', 'Jernlager', 'Iron stores'],
  ['', 'jern', 'Jern i blodet', 'Jern i blodet', 'Iron in the blood'],
  ['', 'transferrin', 'Protein som frakter jern', 'Protein som fraktar jern', 'Protein that carries iron'],
  ['NPU01700', 'vit. b12 (kobalamin),vitamin b12,kobalamin', 'Vitamin B12', 'Vitamin B12', 'Vitamin B12'],
  ['', 'folat', 'Vitaminet folat', 'Vitaminet folat', 'The vitamin folate'],
  ['', 'vitamin d,25-oh-vitamin d', 'Vitamin D', 'Vitamin D', 'Vitamin D'],
  ['', 'tsh,tyreotropin', 'Stoffskifte (TSH)', 'Stoffskifte (TSH)', 'Metabolism (TSH)'],
  ['', 'fritt t4,t4 fritt,tyroksin fritt', 'Stoffskiftehormon', 'Stoffskiftehormon', 'Thyroid hormone'],
  ['NPU01685', 'inr,pt-inr', 'Hvor fort blodet levrer seg', 'Kor fort blodet levrar seg', 'How fast the blood clots'],
  ['NPU19767,NPU28289', 'd-dimer', 'Rester etter levret blod', 'Restar etter levra blod', 'Remains of clotted blood'],
  ['NPU27501', 'troponin t,troponin i', 'Stoff fra hjertemuskelen', 'Stoff frå hjartemuskelen', 'Substance from the heart muscle'],
  ['', 'nt-probnp,probnp', 'Hvor hardt hjertet arbeider', 'Kor hardt hjartet arbeider', 'How hard the heart works'],
  ['', 'psa,prostataspesifikt antigen', 'Stoff fra prostata', 'Stoff frå prostata', 'Substance from the prostate'],
  ['', 'ck,kreatinkinase', 'Stoff fra musklene', 'Stoff frå musklane', 'Substance from the muscles'],
  ['', 'amylase,pankreasamylase', 'Stoff fra bukspyttkjertelen', 'Stoff frå bukspyttkjertelen', 'Substance from the pancreas'],
  ['', 'aerob dyrkning,anaerob dyrkning,dyrkning', 'Dyrkning: vokser det bakterier?', 'Dyrking: veks det bakteriar?', 'Culture: do bacteria grow?'],
  ['', 'identifikasjon', 'Bakterie', 'Bakterie', 'Bacterium'],
  ['NOR25048', 'histologi', 'Vevsprøve', 'Vevsprøve', 'Tissue sample'],
]

const split = (text: string) => text.split(',').filter(Boolean)

/** The analyses that have plain words. */
export const plainNames = rows.map(([codes, components, nb, nn, en]) => ({
  codes: split(codes),
  components: split(components),
  names: { nb, nn, en },
}))

const byCode = new Map(plainNames.flatMap(({ codes, names }) => codes.map((code) => [code, names] as const)))
const byComponent = new Map(plainNames.flatMap(({ components, names }) => components.map((component) => [component, names] as const)))

/** `B-Hemoglobin` is hemoglobin in blood: one to three letters and a hyphen in front state where it was measured. */
export function componentOf(name: string): string {
  return name
    .trim()
    .replace(/^[A-ZÆØÅ][a-zæøå]{0,2}(\([^)]*\))?-(?=.{2})/, '')
    .toLowerCase()
}

/** Undefined for an analysis without plain words. */
export function plainNameOf(analysis: { code?: string; name: string }, language: Language): string | undefined {
  const names =
    byCode.get(analysis.code ?? '') ?? byComponent.get(componentOf(analysis.name)) ?? byComponent.get(analysis.name.toLowerCase())
  return names?.[language]
}
