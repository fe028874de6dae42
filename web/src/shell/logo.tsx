/** First in, last out: the bar of a day. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="7" fill="#0b6b67" />
      <path d="M9 16h14" stroke="#fff" strokeWidth="3" />
      <circle cx="8.5" cy="16" r="4" fill="#fff" />
      <circle cx="23.5" cy="16" r="2.75" fill="#0b6b67" stroke="#fff" strokeWidth="2.5" />
    </svg>
  );
}
