/** A telephone number that is called when pressed. */
export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone.replace(/[^+\d]/g, '')}`} translate="no">
      {phone}
    </a>
  )
}
