import { GoogleGenerativeAI } from '@google/generative-ai'

/** Google's own client, as the product uses it. */
export async function run({ key, prompt }: { key: string; prompt: string }): Promise<string> {
  const model = new GoogleGenerativeAI(key).getGenerativeModel({ model: 'gemini-2.5-flash' })
  return (await model.generateContent(prompt)).response.text()
}
