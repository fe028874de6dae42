/** The files that every report comes as. */
export const reportFormats = ['csv', 'xlsx', 'pdf'] as const;
