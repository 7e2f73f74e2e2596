import { expect } from 'chai'
import { createServer } from 'node:http'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'

describe('the browser of the tests', () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  it('opens a page of a server on this machine and runs its script', async () => {
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html; charset=utf-8')
      response.end('<title></title><script>document.title = "Tiêu " + "chí"</script>')
    }).listen(0, '127.0.0.1')
    await new Promise(done => server.once('listening', done))
    const address = server.address()
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
    expect(await page.title()).to.equal('Tiêu chí')
    await page.close()
    server.close()
  })
})
