/** Later entries hide in the descriptions of earlier ones: Edge and Cốc Cốc also call themselves Chrome and Safari. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/SamsungBrowser/, 'Samsung Internet'],
  [/\bZalo\b/i, 'Zalo'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const DEVICES: readonly (readonly [RegExp, string])[] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android(?!.*Mobile)/, 'máy tính bảng Android'],
  [/Android/, 'điện thoại Android'],
  [/Windows/, 'máy tính Windows'],
  [/CrOS/, 'Chromebook'],
  [/Mac OS X|Macintosh/, 'máy Mac'],
  [/Linux/, 'máy tính Linux'],
]

const named = (agent: string, known: typeof BROWSERS): string | undefined =>
  known.find(([pattern]) => pattern.test(agent))?.[1]

/** `Chrome trên máy tính Windows`: what a browser's description says, in words that its owner recognises. */
export function deviceWords(agent: string): string {
  const browser = named(agent, BROWSERS)
  const device = named(agent, DEVICES)
  if (browser === undefined) return device === undefined ? 'Thiết bị không rõ' : `Trình duyệt trên ${device}`
  return device === undefined ? browser : `${browser} trên ${device}`
}

/** Where a session came from, only as far as its owner can tell networks apart. */
export function networkWords(ip: string): string {
  const plain = ip.replace(/^::ffff:/, '')
  if (plain === '::1' || plain.startsWith('127.')) return 'chính máy chủ'
  const four = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(plain)
  if (four) return `mạng ${four[1]}.${four[2]}.x.x`
  return plain.includes(':') ? `mạng ${plain.split(':').slice(0, 3).join(':')}…` : 'không rõ'
}
