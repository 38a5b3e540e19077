import type { Role } from '../api/types';

const SHOWN: Record<Role, { label: string; help: string }> = {
  VIEWER: { label: 'Viewer', help: 'reads' },
  ANALYST: { label: 'Analyst', help: 'reads, and works on alerts' },
  ADMIN: { label: 'Admin', help: 'may do everything' },
};

export function roleName(role: Role): string {
  return SHOWN[role].label;
}

export const ROLE_OPTIONS = (Object.keys(SHOWN) as Role[]).map((value) => ({ value, ...SHOWN[value] }));
