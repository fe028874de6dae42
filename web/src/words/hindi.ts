import type { english } from './english.ts';
import { shell } from './hindi/shell.ts';
import type { Translated } from './translated.ts';

export const hindi: Translated<typeof english> = { shell };
