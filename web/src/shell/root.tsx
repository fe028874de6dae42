import { Outlet, useMatches } from '@tanstack/react-router';
import { Shell } from './shell.tsx';

/** Pages before the door stand alone; every other one has the shell around it. */
export function Root() {
  const isEntrance = useMatches({
    select: (matches) => matches.some(({ staticData }) => staticData.isEntrance),
  });
  return isEntrance ? <Outlet /> : <Shell />;
}
