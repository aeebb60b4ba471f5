/**
 * Keys of the patient's page: one table, which the dialog lists and the listener reads. They are single characters, so they can be turned
 * off (WCAG 2.1.4), do nothing while text is being typed, and leave combinations to the browser.
 */
export const commands = ['help', 'patient', 'timeline', 'compare', 'refresh', 'share', 'find'] as const
export type Command = (typeof commands)[number]

export const keys: Record<Command, string> = {
  help: '?',
  patient: 'o',
  timeline: 't',
  compare: 's',
  refresh: 'h',
  share: 'k',
  find: 'f',
}

export type Pressed = { command: Command } | { panel: number }

/** The command of a key, or the index of a panel; undefined when the key is not one of ours. */
export function commandOf(key: string, panels: number): Pressed | undefined {
  const command = commands.find((one) => keys[one] === key.toLowerCase())
  if (command) return { command }
  const panel = /^[1-9]$/.test(key) ? Number(key) - 1 : panels
  return panel < panels ? { panel } : undefined
}

/** Whether a key that is pressed here types text or chooses in a list. */
export function takesText(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="textbox"]') !== null
}

const storageKey = 'helsevev-shortcuts'

/** A preference that says nothing about any person. On where the browser does not allow storage, as in some private windows. */
export function areOn(): boolean {
  try {
    return window.localStorage.getItem(storageKey) !== 'off'
  } catch {
    return true
  }
}

/** Returns whether the preference could be stored. */
export function turn(on: boolean): boolean {
  try {
    if (on) window.localStorage.removeItem(storageKey)
    else window.localStorage.setItem(storageKey, 'off')
    return true
  } catch {
    return false
  }
}
