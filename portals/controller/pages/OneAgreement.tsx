import type { Agreement, AgreementVersion } from '@helsevev/kernel/control/contract'
import { LoadedView } from '@helsevev/portal/client/loaded'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { AgreementChanges } from '../client/AgreementChanges.tsx'
import { useAgreementName } from '../client/agreement-name.ts'
import { useFetched } from '../client/ask.ts'
import { useParameters } from '../client/navigation.ts'
import { PageLink } from '../client/PageLink.tsx'
import { Standing } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** An agreement with all its versions, who has signed which, and what the reader may do with it. */
export function OneAgreement() {
  const { t, service } = useWords()
  const { id = '' } = useParameters()
  const nameOf = useAgreementName()
  const agreement = useFetched(contract.agreement, { id })
  return (
    <>
      <PageTitle name={agreement.answer ? nameOf(agreement.answer) : t('title.agreement')} />
      <LoadedView loaded={agreement}>
        {(found) => (
          <>
            <p className="lead">
              {t('agreement.lead', { service: service(found.service), controller: found.controller.name, receiver: found.receiver.name })}
            </p>
            <p>{t(`agreement.side.${found.side}`)}</p>
            <AgreementChanges agreement={found} reload={agreement.reload} />
            <h2>{t('agreement.versions')}</h2>
            <ul className="items">
              {found.versions.map((version) => (
                <Version key={version.version} version={version} agreement={found} />
              ))}
            </ul>
          </>
        )}
      </LoadedView>
      <p className="screen-only">
        <PageLink page="sharing">{t('back.sharing')}</PageLink>
      </p>
    </>
  )
}

function Version({ version, agreement }: { version: AgreementVersion; agreement: Agreement }) {
  const { t, purposes, date, lastDay, time, list } = useWords()
  const signed = (by: string | null, at: string | null) =>
    by && at ? t('agreement.signed', { name: by, time: time(at) }) : t('agreement.unsigned')
  const { validFrom, validUntil, units, serviceCodes, takenOverBy, sensitiveCodes, standardAgreement } = version
  const facts: [string, string][] = [
    [t('agreement.purposes'), purposes(version.purposes)],
    [t('agreement.legalBasis'), version.legalBasis],
    [
      t('agreement.period'),
      validUntil
        ? t('agreement.fromUntil', { from: date(validFrom), until: lastDay(validUntil) })
        : t('agreement.from', { from: date(validFrom) }),
    ],
    ...(serviceCodes.length > 0 ? [[t('agreement.services'), list(serviceCodes)] as [string, string]] : []),
    ...(units.length > 0 ? [[t('agreement.units'), list(units)] as [string, string]] : []),
    [t('agreement.codes'), sensitiveCodes.length > 0 ? list(sensitiveCodes) : t('agreement.noCodes')],
    ...(standardAgreement ? [[t('agreement.standard'), standardAgreement] as [string, string]] : []),
    [t('agreement.proposed'), t('agreement.signed', { name: version.proposedBy, time: time(version.proposed) })],
    [t('agreement.signedFor', { name: agreement.controller.name }), signed(version.signedByController, version.controllerSigned)],
    [t('agreement.signedFor', { name: agreement.receiver.name }), signed(version.signedByReceiver, version.receiverSigned)],
    ...(version.ended
      ? [[t('word.ended'), `${time(version.ended)}, ${version.endedBy ?? ''}: ${version.endedReason ?? ''}`] as [string, string]]
      : []),
    ...(takenOverBy ? [[t('agreement.takenOverBy'), takenOverBy.name] as [string, string]] : []),
  ]
  return (
    <li className="item">
      <h3>{t('agreement.version', { version: version.version })}</h3>
      <Standing standing={version.standing} />
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </li>
  )
}
