import type { Message } from '@helsevev/kernel/control/contract'
import { PageTitle } from '@helsevev/portal/client/PageTitle'
import { codedText } from '@helsevev/ui/texts.ts'
import { useState } from 'react'
import { useAsk } from '../client/ask.ts'
import { Change } from '../client/Change.tsx'
import { Facts } from '../client/Facts.tsx'
import { TextField } from '../client/Field.tsx'
import { isElevenDigits } from '../client/GrantRole.tsx'
import { PagedView, usePaged } from '../client/paged.tsx'
import { useRole } from '../client/role.tsx'
import { useWords } from '../client/words.ts'
import { contract } from '../contract.ts'

/** Our messages whose patient is not known here: each is either attached to a patient or discarded. */
export function Messages() {
  const { t } = useWords()
  const list = usePaged(contract.messages, (slice) => ({ query: slice }))
  return (
    <>
      <PageTitle name={t('title.messages')} />
      <p className="lead">{t('messages.lead')}</p>
      <PagedView paged={list} none={t('messages.none')}>
        {(found) => (
          <ul className="items">
            {found.map((message) => (
              <OneMessage key={message.id} message={message} reload={list.loaded.reload} />
            ))}
          </ul>
        )}
      </PagedView>
    </>
  )
}

function OneMessage({ message, reload }: { message: Message; reload: () => Promise<void> }) {
  const { t, time, service } = useWords()
  const { may } = useRole()
  const ask = useAsk()
  const [text, setText] = useState<string>()
  const { id, label, received, reason, detail, adapter } = message
  const name = label || t('messages.unnamed')
  return (
    <li className="item">
      <h2>{name}</h2>
      <Facts
        facts={[
          [t('messages.why'), codedText(t, 'messages.reasons', reason) ?? reason],
          [t('messages.detail'), detail],
          [t('word.service'), service(message.service)],
          [t('messages.adapter'), adapter],
          [t('messages.received'), time(received)],
        ]}
      />
      {text !== undefined && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        <section className="message-text" tabIndex={0} aria-label={t('messages.text')}>
          <pre>{text}</pre>
        </section>
      )}
      {may('settle-messages') && (
        <div className="actions">
          {text === undefined && (
            <Change
              label={t('messages.read.button')}
              about={name}
              title={t('messages.read.title')}
              consequences={[t('messages.read.shown'), t('change.logged')]}
              send={(reason) => ask(contract.readMessage, { id, body: { reason } })}
              done={t('messages.read.done')}
              onDone={(answer) => setText(answer.text)}
            />
          )}
          {/* A message without a time cannot be attached to a patient: run/messages.md */}
          {reason !== 'no-time' && <Attach id={id} name={name} reload={reload} />}
          <Change
            label={t('messages.discard.button')}
            about={name}
            title={t('messages.discard.title')}
            consequences={[t('messages.discard.gone'), t('messages.discard.sender'), t('change.logged')]}
            send={(reason) => ask(contract.discardMessage, { id, body: { reason } })}
            done={t('messages.discard.done')}
            onDone={reload}
          />
        </div>
      )}
    </li>
  )
}

/** The identity number is typed, sent in the body, and forgotten with the dialog. */
function Attach({ id, name, reload }: { id: string; name: string; reload: () => Promise<void> }) {
  const { t } = useWords()
  const ask = useAsk()
  const [identityNumber, setIdentityNumber] = useState('')
  return (
    <Change
      label={t('messages.attach.button')}
      about={name}
      title={t('messages.attach.title')}
      consequences={[t('messages.attach.record'), t('messages.attach.check'), t('change.logged')]}
      fault={() => (isElevenDigits(identityNumber) ? undefined : t('form.elevenDigits'))}
      send={(reason) => ask(contract.attachMessage, { id, body: { identityNumber, reason } })}
      done={t('messages.attach.done')}
      onDone={async () => {
        setIdentityNumber('')
        await reload()
      }}
    >
      <TextField
        label={t('messages.attach.number')}
        help={t('form.identityNumberHelp')}
        value={identityNumber}
        onChange={setIdentityNumber}
        inputMode="numeric"
      />
    </Change>
  )
}
