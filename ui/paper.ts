/**
 * Prints one part of the page and nothing else of it. The part is drawn at the end of the document, on paper alone, and is gone when the
 * printing is over.
 */
import { createElement, type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { useTranslation } from 'react-i18next'
import './paper.css'

type Draw = () => ReactNode

/** `print` fetches what is to be printed and opens the browser's printing; `sheet` is to be drawn somewhere in the page. */
export function usePaper(load: () => Promise<Draw>): { print: () => void; sheet: ReactNode } {
  const { t } = useTranslation('ui')
  const [draw, setDraw] = useState<Draw>()
  useEffect(() => {
    if (!draw) return
    const root = document.documentElement
    const finish = () => setDraw(undefined)
    root.dataset.paper = 'sheet'
    window.addEventListener('afterprint', finish)
    window.print()
    return () => {
      window.removeEventListener('afterprint', finish)
      delete root.dataset.paper
    }
  }, [draw])
  const sheet = draw ? createPortal(createElement('div', { className: 'paper-sheet' }, draw()), document.body) : null
  function print(): void {
    load().then(
      (made) => setDraw(() => made),
      () => window.alert(t('state.failed.text')),
    )
  }
  return { print, sheet }
}
