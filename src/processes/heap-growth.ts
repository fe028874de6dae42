import { setFlagsFromString } from 'node:v8';

/**
 * Lets the heap double before it is tidied, where V8 would let it grow several times over. A fetch makes a lot of text
 * that is dead a moment later: without this a company ten times as large takes about 150 MiB more. Less growth costs the
 * processor more than it saves, a larger nursery, too: what is alive there is copied at every tidying
 * (`./hajiri bench fetch`). To be called once, before there is much of a heap.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--max-semi-space-size=16');
}
