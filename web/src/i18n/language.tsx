import { createContext, type ReactNode, use, useCallback, useMemo, useState } from 'react'
import type { Texts } from './es.ts'
import { type Format, formatFor } from './format.ts'

export type Language = 'es' | 'en'

const KEPT = 'adflux.language'

interface Speech {
  language: Language
  texts: Texts
  format: Format
  speak: (language: Language) => Promise<void>
}

const SpeechContext = createContext<Speech | null>(null)

/** The one chosen here before, else the browser's: Spanish where it asks for Spanish first, English otherwise. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'es' || kept === 'en') return kept
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en'
}

/** Each language is a chunk of its own: nobody downloads the one that is not read. */
export async function loadTexts(language: Language): Promise<Texts> {
  document.documentElement.lang = language
  return language === 'es' ? (await import('./es.ts')).es : (await import('./en.ts')).en
}

export function LanguageProvider(props: { language: Language; texts: Texts; children: ReactNode }) {
  const [now, setNow] = useState({ language: props.language, texts: props.texts })
  const speak = useCallback(async (language: Language) => {
    localStorage.setItem(KEPT, language)
    setNow({ language, texts: await loadTexts(language) })
  }, [])
  const speech = useMemo(() => ({ ...now, speak, format: formatFor(now.language, undefined) }), [now, speak])
  return <SpeechContext value={speech}>{props.children}</SpeechContext>
}

/** Within it, dates are those of the organisation's time zone; of the browser's until that is known. */
export function ZoneProvider({ timeZone, children }: { timeZone: string | undefined; children: ReactNode }) {
  const speech = useSpeech()
  const zoned = useMemo(() => ({ ...speech, format: formatFor(speech.language, timeZone) }), [speech, timeZone])
  return <SpeechContext value={zoned}>{children}</SpeechContext>
}

export function useSpeech(): Speech {
  const speech = use(SpeechContext)
  if (!speech) throw new Error('useSpeech outside of LanguageProvider')
  return speech
}

export const useTexts = (): Texts => useSpeech().texts
export const useFormat = (): Format => useSpeech().format
