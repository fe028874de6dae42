import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

// The rules behind these values are in docs/design-language.md.

const teal: MantineColorsTuple = [
  '#e9f5f4',
  '#d1eae8',
  '#a5d7d3',
  '#76c2bc',
  '#4eb0a9',
  '#2b9790',
  '#137e78',
  '#0b6b67',
  '#085652',
  '#053f3c',
];

const paper: MantineColorsTuple = [
  '#f7f8f6',
  '#eff1ee',
  '#e4e7e3',
  '#d3d8d3',
  '#b6bdb9',
  '#808a86',
  '#626c68',
  '#4d5754',
  '#343d3a',
  '#1f2725',
];

const night: MantineColorsTuple = [
  '#e3e8e6',
  '#c5cdca',
  '#a3aeab',
  '#76827f',
  '#3f4a48',
  '#2e3735',
  '#222a28',
  '#181e1d',
  '#121716',
  '#0c100f',
];

const systemFonts =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Devanagari', 'Nirmala UI', sans-serif";

/** Filled parts take accent and danger from tokens.css, where each theme has its own with text that is legible on it. */
function variantColorResolver(
  input: Parameters<VariantColorsResolver>[0],
): ReturnType<VariantColorsResolver> {
  const { variant, color = 'teal' } = input;
  const name = color === 'teal' ? 'accent' : color === 'red' ? 'danger' : null;
  if (variant !== 'filled' || name === null) return defaultVariantColorsResolver(input);
  return {
    background: `var(--hajiri-${name})`,
    hover: `var(--hajiri-${name}-strong)`,
    color: 'var(--hajiri-on-accent)',
    border: '1px solid transparent',
    hoverColor: 'var(--hajiri-on-accent)',
  };
}

export const theme = createTheme({
  colors: { teal, gray: paper, dark: night },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 4 },
  variantColorResolver,
  fontFamily: systemFonts,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.25rem', sm: '0.5rem', md: '0.75rem', lg: '1rem', xl: '1.5rem' },
  headings: {
    fontFamily: systemFonts,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.35' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
});

/** Mantine's own names for surfaces and text, pointed at the tokens of tokens.css. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--hajiri-page)',
    '--mantine-color-text': 'var(--hajiri-ink)',
    '--mantine-color-dimmed': 'var(--hajiri-ink-soft)',
    '--mantine-color-placeholder': 'var(--hajiri-ink-soft)',
    '--mantine-color-default': 'var(--hajiri-surface)',
    '--mantine-color-default-border': 'var(--hajiri-line-strong)',
    '--mantine-color-error': 'var(--hajiri-danger)',
    '--mantine-color-anchor': 'var(--hajiri-accent-ink)',
  };
  return { variables: {}, light: shared, dark: shared };
};
