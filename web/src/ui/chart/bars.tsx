import { type PointerEvent, useId, useState } from 'react'
import { useFormat, useTexts } from '../../i18n/language.tsx'
import type { DayValue } from './bar-chart.tsx'
import { labelled, niceScale } from './scale.ts'

const HEIGHT = 176
const CHARACTER_PX = 6.5
const BOTTOM = 22
const TOP = 8
const LABEL_PX = 64

interface Props {
  title: string
  points: readonly DayValue[]
  width: number
  format: (value: number) => string
  axis: (value: number) => string
}

export function Bars({ title, points, width, format, axis }: Props) {
  const words = useFormat()
  const { dashboard } = useTexts()
  const hatch = useId()
  const [at, setAt] = useState<number | null>(null)
  const { top, lines } = niceScale(Math.max(0, ...points.map((point) => point.value ?? 0)))
  const left = 12 + CHARACTER_PX * Math.max(...lines.map((value) => axis(value).length))
  const slot = (width - left) / Math.max(1, points.length)
  const bar = Math.max(1, Math.min(28, slot * 0.72))
  const x = (index: number) => left + slot * (index + 0.5)
  const y = (value: number) => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM)
  const named = labelled(points.length, Math.floor((width - left) / LABEL_PX))
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left - left
    const index = Math.floor(inside / slot)
    setAt(index >= 0 && index < points.length ? index : null)
  }
  const pointed = at === null ? undefined : points[at]

  return (
    <div className="relative">
      <svg
        role="img"
        aria-label={title}
        width={width}
        height={HEIGHT}
        fill="currentColor"
        className="block text-muted"
        onPointerMove={follow}
        onPointerLeave={() => setAt(null)}
      >
        <defs>
          <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="5" height="5" className="fill-accent" opacity=".25" />
            <rect width="2" height="5" className="fill-accent" />
          </pattern>
        </defs>
        {lines.map((value) => (
          <g key={value}>
            <line x1={left} x2={width} y1={y(value)} y2={y(value)} className="stroke-line" />
            <text x={left - 8} y={y(value) + 4} textAnchor="end" fontSize="11">
              {axis(value)}
            </text>
          </g>
        ))}
        {points.map((point, index) => {
          const height = point.value === null ? 0 : HEIGHT - BOTTOM - y(point.value)
          return (
            <g key={point.day}>
              {height > 0 && (
                <path
                  d={barPath(x(index) - bar / 2, y(point.value ?? 0), bar, height)}
                  {...(point.provisional ? { fill: `url(#${hatch})` } : { className: 'fill-accent' })}
                  opacity={at === null || at === index ? 1 : 0.45}
                />
              )}
              {named(index) && (
                <text x={Math.min(x(index), width - 20)} y={HEIGHT - 6} textAnchor="middle" fontSize="11">
                  {words.day(point.day)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      {pointed && at !== null && (
        <div
          className="pointer-events-none absolute top-0 z-10 -translate-x-1/2 rounded-md border border-line bg-surface px-2 py-1 text-xs whitespace-nowrap shadow-floating"
          style={{ left: Math.min(Math.max(x(at), 70), width - 70) }}
        >
          <span className="text-muted">{words.day(pointed.day, 'long')}</span>{' '}
          <strong className="font-semibold">{pointed.value === null ? '—' : format(pointed.value)}</strong>
          {pointed.provisional && <span className="block text-muted">{dashboard.provisional}</span>}
        </div>
      )}
    </div>
  )
}

/** Rounded at its top alone, so that it stands on the line. */
function barPath(x: number, y: number, width: number, height: number): string {
  const r = Math.min(3, width / 2, height)
  return `M${x} ${y + height}V${y + r}q0 ${-r} ${r} ${-r}h${width - 2 * r}q${r} 0 ${r} ${r}v${height - r}z`
}
