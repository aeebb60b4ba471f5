/** What the compiler refuses of texts: a type test, run by tsc with the rest. */
import i18next from 'i18next'
import { texts } from './texts.ts'
import './own-texts.ts'

texts({ 'none.title': ['Ingen', 'Ingen', 'None'] })
// @ts-expect-error a language is missing
texts({ 'none.title': ['Ingen', 'None'] })

const t = i18next.getFixedT(null, 'ui')
t('state.none.title')
// @ts-expect-error no table has this key
t('state.none.titel')
// @ts-expect-error nor does a text that stands in when there is none make it one
t('state.none.titel', { defaultValue: 'None' })
declare const state: 'none' | 'unknown'
t(`state.${state}.title`)
declare const other: 'none' | 'other'
// @ts-expect-error one of the keys is wrong
t(`state.${other}.title`)
// @ts-expect-error no package has this namespace
i18next.getFixedT(null, 'nowhere')
