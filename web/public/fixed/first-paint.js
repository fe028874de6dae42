// Runs before anything is painted, so that nobody sees the other theme for a moment. Everything else waits for the app.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('hajiri.theme') ?? 'auto';
  } catch {
    // Storage may be refused; the system's theme is right then.
  }
  const isDark =
    chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = isDark ? 'dark' : 'light';
})();
