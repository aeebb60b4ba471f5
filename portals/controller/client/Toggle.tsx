/** Chooses one of a few views of the same page; more than colour shows which one is chosen. */
interface ToggleProps<Value extends string> {
  label: string
  value: Value
  options: readonly (readonly [value: Value, words: string])[]
  onChange: (value: Value) => void
}

export function Toggle<Value extends string>({ label, value, options, onChange }: ToggleProps<Value>) {
  return (
    <fieldset className="toggle" aria-label={label}>
      {options.map(([one, words]) => (
        <button key={one} type="button" className="toggle__choice" aria-pressed={one === value} onClick={() => onChange(one)}>
          {words}
        </button>
      ))}
    </fieldset>
  )
}
