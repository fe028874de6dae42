/** The fields of Keka that may be compared with an employee's Employee ID. */
export const identificationKeys = ['employee_number', 'attendance_number', 'email', 'guid'] as const;
export const identificationKeyHint = 'must be employee_number, attendance_number, email or guid';
