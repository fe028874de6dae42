import type { table as english } from '../english/table.ts';
import type { Translated } from '../translated.ts';

export const table: Translated<typeof english> = {
  sortBy: '{{column}} के क्रम में लगाएँ',
  columns: 'कॉलम',
  columnsReset: 'पहले जैसा',
};
