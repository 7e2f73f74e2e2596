import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { NoBrowser, findChrome } from './chrome.ts'

const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** How long a click or a page may take on a machine that does much else besides; playwright's own 30 s are too few there. */
const PATIENCE_MS = 120_000

/** A headless browser of this machine. A browser test without one fails; `npm test` installs it where it may. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChrome()
  if (executablePath === undefined) {
    throw new NoBrowser('Không thấy Chrome hay Chromium. Hãy cài, đặt CHROME_PATH, hoặc chạy: npm test -- --no-browser')
  }
  const isRoot = process.getuid?.() === 0 // Chromium refuses its own sandbox to root
  const args = [...QUIET, ...(isRoot ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath, headless: true, args, timeout: PATIENCE_MS })
  browser.on('context', context => context.setDefaultTimeout(PATIENCE_MS))
  return browser
}
