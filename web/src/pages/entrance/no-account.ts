export const noAccount = { name: '', email: '', password: '' };
