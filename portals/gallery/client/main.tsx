import { panelTexts } from '@helsevev/panel/texts.ts'
import { logTexts } from '@helsevev/portal-citizen/log-texts'
import { startI18n } from '@helsevev/ui/i18n.ts'
import '@helsevev/ui/base.scss'
import '@helsevev/portal/client/portal.scss'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Gallery, lookOf } from './Gallery.tsx'
import './gallery.scss'
import { viewsOf } from './services.ts'
import { galleryTexts } from './texts.ts'

const views = viewsOf[lookOf(window.location.pathname)]
await startI18n(
  {
    gallery: galleryTexts,
    panel: panelTexts,
    citizen: logTexts,
    ...Object.fromEntries(views.map(({ namespace, texts }) => [namespace, texts])),
  },
  'gallery',
)
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with id root')
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
