/** Colours with a meaning; each is always shown with an icon and a word. */
export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad' | 'review'

export const TONE: Record<Tone, string> = {
  neutral: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  review: 'bg-review-soft text-review',
}
