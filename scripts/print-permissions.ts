import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { permissionPage } from './permission-page.ts'

// npm run print:permissions: writes docs/permissions.md from the policies.
await writeFile(fileURLToPath(new URL('../docs/permissions.md', import.meta.url)), permissionPage())
process.stdout.write('Đã viết docs/permissions.md.\n')
