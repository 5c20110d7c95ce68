import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { LanguageProvider, loadTexts, preferredLanguage } from './i18n/language.tsx'
import { keptTheme, wearTheme } from './ui/theme.ts'
import './style.css'

wearTheme(keptTheme())

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const language = preferredLanguage()
const texts = await loadTexts(language)
createRoot(root).render(
  <LanguageProvider language={language} texts={texts}>
    <App />
  </LanguageProvider>,
)
