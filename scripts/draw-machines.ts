import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { machinePages } from './machine-pages.ts'

// npm run draw:machines: writes docs/machines from the state machines.
const folder = fileURLToPath(new URL('../docs/machines/', import.meta.url))
await mkdir(folder, { recursive: true })
for (const [file, text] of machinePages()) await writeFile(`${folder}${file}`, text)
process.stdout.write(`Đã vẽ ${machinePages().size - 1} vòng đời vào docs/machines.\n`)
