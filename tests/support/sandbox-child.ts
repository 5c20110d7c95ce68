/**
 * Run as a process of its own with HTTPS_PROXY and NODE_EXTRA_CA_CERTS set before it starts, as the product's is. It imports the
 * scenario module named by its first argument, calls `run(input)` with the JSON of its second, and prints what that answers.
 */
const [, , module, input] = process.argv
const scenario = (await import(String(module))) as { run(input: unknown): Promise<unknown> }
try {
  console.log(JSON.stringify({ answer: await scenario.run(JSON.parse(input ?? 'null')) }))
} catch (error) {
  console.log(JSON.stringify({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }))
}
process.exit(0)
