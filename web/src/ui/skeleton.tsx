/** Stands where data will be, after 200 ms; silent to readers, who are told by the region's aria-busy. */
export function Skeleton({ className = 'h-4 w-24' }: { className?: string }) {
  return <div aria-hidden="true" className={`skeleton ${className}`} />
}

const ROWS = [1, 2, 3, 4, 5, 6, 7, 8]

export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-busy="true" className="flex flex-col gap-4 px-4 py-3">
      {ROWS.slice(0, rows).map((row) => (
        <div key={row} className="flex gap-6">
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-4 w-28" />
        </div>
      ))}
    </div>
  )
}
