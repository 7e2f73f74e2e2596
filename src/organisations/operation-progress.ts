import { setTimeout } from 'node:timers/promises'
import type { Operation } from './operation.ts'
import { operationHref } from './operation-page.ts'
import type { OperationStore } from './operation-store.ts'

const LOOK_EVERY_MS = 500

/** How far an operation is on its units, again and again until it has ended; then its page. */
export async function* followOperation(
  { operations }: { readonly operations: OperationStore },
  id: string,
  total: number,
): AsyncGenerator<object> {
  for (;;) {
    const operation = await operations.get(id)
    if (operation.finished) {
      yield { href: operationHref(id) }
      return
    }
    yield { done: operation.unitsDone ?? 0, total, message: operationProgress(operation, total) }
    await setTimeout(LOOK_EVERY_MS)
  }
}

/** `62% – đã đổi 1240/2000 đơn vị.` */
const operationProgress = ({ unitsDone = 0 }: Pick<Operation, 'unitsDone'>, total: number): string =>
  `${total === 0 ? 100 : Math.floor((100 * unitsDone) / total)}% – đã đổi ${unitsDone}/${total} đơn vị.`
