import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { readRecords } from '#functions/lib/read-records.ts'

const read = (text: string, contentType?: string) => readRecords(Buffer.from(text), contentType)

describe('a file of candidates', () => {
  test('in CSV is read by its header, whatever separates its columns', () => {
    for (const mark of [',', ';', '\t', '|'])
      expect(read(`\uFEFFid${mark}city\r\n1${mark}Cali\r\n`)).toEqual([
        { index: 0, at: 'line 2', content: { fields: { id: '1', city: 'Cali' } } },
      ])
  })

  test('tells on which line a row begins, line breaks inside quotes counted', () => {
    expect(read('id,note\n1,"a\nb"\n\n2,c\n3,"d\n\ne"\n4,f\n').map(({ at }) => at)).toEqual([
      'line 2',
      'line 5',
      'line 6',
      'line 9',
    ])
  })

  test('rejects a row with more cells than columns, and fills up one with fewer', () => {
    expect(read('a,b\n1,2,3\n4\n').map(({ content }) => content)).toEqual([
      { problem: '3 cells, but the header has 2 columns', remedy: expect.any(String) },
      { fields: { a: '4', b: '' } },
    ])
  })

  test('is refused as a whole where its quotes do not close, with the line', () => {
    expect(() => read('a,b\n1,"x\n2,3\n')).toThrow(/line 3/)
    expect(() => read('a,a\n1,2\n')).toThrow('Two columns are called "a"')
    expect(() => read('  \n')).toThrow('The body is empty')
  })

  test('in NDJSON costs a broken line itself alone', () => {
    expect(read('{"id":1}\n{"id":\n\n{"id":3}\n', 'application/x-ndjson')).toMatchObject([
      { index: 0, at: 'line 1', content: { fields: { id: 1 } } },
      { index: 1, at: 'line 2', content: { problem: expect.stringContaining('line 2') } },
      { index: 2, at: 'line 4', content: { fields: { id: 3 } } },
    ])
  })

  test('in JSON is a list, a list inside, or one object; what is no object is rejected alone', () => {
    expect(read('[{"id":1}, 7]')).toMatchObject([
      { at: '/0', content: { fields: { id: 1 } } },
      { at: '/1', content: { problem: 'not an object' } },
    ])
    expect(read('{"candidates":[{"id":1}]}')).toHaveLength(1)
    expect(read('{"id":1}')).toHaveLength(1)
    expect(() => read('[{"id":1,]')).toThrow(/line 1, column 10/)
  })

  test('may be compressed, whatever its name says', () => {
    expect(readRecords(gzipSync('id\n1\n'))).toHaveLength(1)
  })
})
