/** A text as a literal of the Google Ads Query Language. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
