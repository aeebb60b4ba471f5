import { startI18n } from '@helsevev/ui/i18n.ts'
import '@helsevev/ui/base.scss'
import '@helsevev/portal/client/portal.scss'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Gallery } from './Gallery.tsx'
import './gallery.scss'
import { services } from './services.ts'
import { galleryTexts } from './texts.ts'

await startI18n({ gallery: galleryTexts, ...Object.fromEntries(services.map(({ namespace, texts }) => [namespace, texts])) }, 'gallery')
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with id root')
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
)
