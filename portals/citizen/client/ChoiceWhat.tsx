/** What a choice covers: everything, a service, everything from one organisation, or one record. */

import { Choice as Option, Choices as Options } from '@helsevev/portal/client/Choices'
import { serviceName } from '@helsevev/portal/client/service-names.ts'
import { numberedTexts } from '@helsevev/ui/texts.ts'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChoiceKind, contract, type Organization, type RecordName } from '../contract.ts'
import { ChooseOrganization } from './ChooseOrganization.tsx'
import { LoadedView, useLoaded } from './loaded.tsx'
import { useAsk } from './people.tsx'
import { recordName } from './record-name.ts'
import { SelectField } from './SelectField.tsx'

const whatKinds = ['all', 'service', 'controller', 'record'] as const

export interface What {
  kind: (typeof whatKinds)[number]
  service?: string | undefined
  controller?: string | undefined
  record?: string | undefined
  /** What the record is called in the list that it is chosen from. */
  recordName?: string | undefined
}

/** Key of the first field that is not filled in; undefined when all are. */
export function whatIsMissing({ kind, service, controller, record }: What) {
  if (kind === 'service' && !service) return 'word.service'
  if (kind === 'controller' && !controller) return 'choices.controller'
  return kind === 'record' && !record ? 'choices.record' : undefined
}

interface ChoiceWhatProps {
  kind: ChoiceKind
  what: What
  onWhat: (what: What) => void
  organizations: readonly Organization[]
  services: readonly string[]
}

export function ChoiceWhat({ kind, what, onWhat, organizations, services }: ChoiceWhatProps) {
  const { t, i18n } = useTranslation('citizen')
  const isOptOut = kind === 'opt-out'
  return (
    <>
      {!isOptOut && (
        <Options legend={t('choices.what')}>
          {whatKinds.map((value) => (
            <Option
              key={value}
              name="what"
              value={value}
              checked={what.kind === value}
              label={t(`choices.whatKind.${value}.name`)}
              text={t(`choices.whatKind.${value}.text`)}
              onChoose={() => onWhat({ kind: value })}
            />
          ))}
        </Options>
      )}
      {(isOptOut || what.kind === 'service') && (
        <SelectField
          label={t('word.service')}
          value={what.service ?? ''}
          onChange={(service) => onWhat({ ...what, service: service || undefined })}
          options={[
            { value: '', name: t('choices.choose') },
            ...services.map((service) => ({ value: service, name: serviceName(service, i18n.language) })),
          ]}
        />
      )}
      {!isOptOut && what.kind === 'controller' && (
        <ChooseOrganization
          label={t('choices.controller')}
          organizations={organizations.filter(({ produces }) => produces.length > 0)}
          value={what.controller}
          onChange={(controller) => onWhat({ ...what, controller })}
        />
      )}
      {!isOptOut && what.kind === 'record' && (
        <>
          <ChooseRecord what={what} onWhat={onWhat} organizations={organizations} />
          <Covers />
        </>
      )}
    </>
  )
}

/** What a choice of one record covers, shown before it is chosen and again before it is confirmed. */
export function Covers() {
  const { t } = useTranslation('citizen')
  return (
    <ul className="choice-form__happens">
      {numberedTexts(t, 'choices.covers').map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

function ChooseRecord({ what, onWhat, organizations }: Pick<ChoiceWhatProps, 'what' | 'onWhat' | 'organizations'>) {
  const { t, i18n } = useTranslation('citizen')
  const ask = useAsk()
  const loaded = useLoaded(useCallback(async () => await ask(contract.records), [ask]))
  const nameOf = (record: RecordName) => recordName({ t, i18n }, record, organizations)
  return (
    <LoadedView loaded={loaded}>
      {({ records }) =>
        records.length === 0 ? (
          <p>{t('choices.recordsNone')}</p>
        ) : (
          <SelectField
            label={t('choices.record')}
            value={what.record ?? ''}
            onChange={(reference) => {
              const chosen = records.find((record) => record.reference === reference)
              onWhat({
                kind: 'record',
                record: chosen?.reference,
                recordName: chosen && nameOf(chosen),
                service: chosen?.service,
                controller: chosen?.controller,
              })
            }}
            options={[
              { value: '', name: t('choices.choose') },
              ...records.map((record) => ({
                value: record.reference,
                name: `${serviceName(record.service, i18n.language)}. ${nameOf(record)}`,
              })),
            ]}
          />
        )
      }
    </LoadedView>
  )
}
