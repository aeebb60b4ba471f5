import type { RoleGrant } from '@helsevev/kernel/control/contract'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { GrantRole } from '../client/GrantRole.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { useRole } from '../client/role.tsx'
import { Status } from '../client/Status.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Every permission that a role can give. */
const permissions = [
  'read',
  'name-patients',
  'sign-agreements',
  'close-follow-ups',
  'close-misuse-cases',
  'answer-questions',
  'lift-blocks',
  'settle-messages',
  'propose-agreements',
  'close-services',
  'open-to-case-officers',
  'steer-vendors',
  'change-units',
  'grant-roles',
] as const

/** The people who have roles with us; and what the reader's own role permits and what not. */
export function Roles() {
  const { t } = useWords()
  const { role, may, organization } = useRole()
  const roles = usePaged(contract.roles, (slice) => ({ query: slice }))
  const { reload } = roles.loaded
  const not = permissions.filter((permission) => !may(permission))
  return (
    <>
      <PageTitle name={t('title.roles')} />
      <section className="card" aria-labelledby="mine">
        <h2 id="mine">{t('roles.mine', { role: t(`role.${role}.name`), organization: organization.name })}</h2>
        <ul className="permissions">
          {permissions.filter(may).map((permission) => (
            <li key={permission}>{t(`permission.${permission}`)}</li>
          ))}
        </ul>
        {not.length > 0 && (
          <>
            <p className="permissions__not">{t('roles.notMine')}</p>
            <ul className="permissions">
              {not.map((permission) => (
                <li key={permission}>{t(`permission.${permission}`)}</li>
              ))}
            </ul>
          </>
        )}
      </section>
      {may('grant-roles') && (
        <p>
          <GrantRole reload={reload} />
        </p>
      )}
      <PagedView paged={roles} none={t('roles.none')}>
        {(found) => (
          <ul className="items">
            {found.map((grant) => (
              <OneGrant key={grant.id} grant={grant} reload={reload} />
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

function OneGrant({ grant, reload }: { grant: RoleGrant; reload: () => Promise<void> }) {
  const { t, date, lastDay } = useWords()
  const { may, organization } = useRole()
  const ask = useAsk()
  const { id, name, holds, until, grantedBy, reason, endedBy, endedReason } = grant
  const words = { name, role: t(`role.${grant.role}.name`), organization: organization.name }
  return (
    <li className="item">
      <h2>{t('roles.who', words)}</h2>
      <Status status={holds ? 'open' : 'ended'} words={t(holds ? 'roles.holds' : 'roles.over')} />
      <p>
        {t('roles.granted', { from: date(grant.from), by: grantedBy, reason })}
        {until && ` ${t(holds ? 'roles.until' : 'roles.untilPast', { until: lastDay(until) })}`}
      </p>
      {endedBy && <p>{t('roles.ended', { by: endedBy, reason: endedReason ?? '' })}</p>}
      {holds && may('grant-roles') && (
        <Change
          label={t('roles.end.button')}
          about={t('roles.who', words)}
          title={t('roles.end.title', words)}
          consequences={[t('roles.end.next', words), t('roles.end.kept'), t('change.logged')]}
          send={(reason) => ask(contract.endRole, { id, body: { reason } })}
          done={t('roles.end.done', words)}
          onDone={reload}
        />
      )}
    </li>
  )
}
