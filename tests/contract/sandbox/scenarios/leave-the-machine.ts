/** Tries to reach the world; answers what became of it. */
export async function run({ addresses }: { addresses: string[] }): Promise<unknown> {
  return Promise.all(
    addresses.map(async (address) => {
      try {
        return (await fetch(address)).status
      } catch (error) {
        return `refused: ${String((error as { cause?: { message?: string } }).cause?.message ?? error)}`
      }
    }),
  )
}
