/**
 * Prints one part of the page and nothing else of it. The part is drawn at the end of the document, on paper alone, and is gone when the
 * printing is over.
 */
import { createElement, type ReactNode, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import './paper.css'

/** `print` opens the browser's printing; `sheet` is to be drawn somewhere in the page. */
export function usePaper(content: () => ReactNode): { print: () => void; sheet: ReactNode } {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    if (!isPrinting) return
    const root = document.documentElement
    const finish = () => setPrinting(false)
    root.dataset.paper = 'sheet'
    window.addEventListener('afterprint', finish)
    window.print()
    return () => {
      window.removeEventListener('afterprint', finish)
      delete root.dataset.paper
    }
  }, [isPrinting])
  const sheet = isPrinting ? createPortal(createElement('div', { className: 'paper-sheet' }, content()), document.body) : null
  return { print: () => setPrinting(true), sheet }
}
