import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { Loading } from '../part/States';
import { Forbidden, NotFound, RouteProblem } from './Fallbacks';
import { SessionGate, useMay } from './session';
import { Shell } from './Shell';

/** A page that is fetched when first shown, and shown only to those who may read what it shows. */
function page(path: string, permission: string, load: () => Promise<ComponentType>): RouteObject {
  return {
    path,
    lazy: async () => {
      const Page = await load();
      return {
        Component: function Guarded() {
          return useMay(permission) ? <Page /> : <Forbidden permission={permission} />;
        },
      };
    },
  };
}

export const routes: RouteObject[] = [
  {
    path: '/login',
    lazy: async () => ({ Component: (await import('../login/LoginPage')).LoginPage }),
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <Loading what="page" />,
  },
  {
    path: '/',
    element: (
      <SessionGate>
        <Shell />
      </SessionGate>
    ),
    errorElement: <RouteProblem />,
    hydrateFallbackElement: <Loading what="page" />,
    children: [
      {
        errorElement: <RouteProblem />,
        children: [
          page('', 'alert.read', async () => (await import('../dashboard/DashboardPage')).DashboardPage),
          page('alerts', 'alert.read', async () => (await import('../alert/AlertsPage')).AlertsPage),
          page('alerts/:id', 'alert.read', async () => (await import('../alert/AlertPage')).AlertPage),
          page('workloads', 'inventory.read', async () => (await import('../workload/WorkloadsPage')).WorkloadsPage),
          page('workloads/:id', 'inventory.read', async () => (await import('../workload/WorkloadPage')).WorkloadPage),
          page('clusters', 'cluster.read', async () => (await import('../cluster/ClustersPage')).ClustersPage),
          page('clusters/:id', 'cluster.read', async () => (await import('../cluster/ClusterPage')).ClusterPage),
          page('policies', 'policy.read', async () => (await import('../policy/PoliciesPage')).PoliciesPage),
          page('policies/:id', 'policy.read', async () => (await import('../policy/PolicyPage')).PolicyPage),
          page('notifiers', 'notifier.read', async () => (await import('../notifier/NotifiersPage')).NotifiersPage),
          page('tokens', 'token.read', async () => (await import('../token/TokensPage')).TokensPage),
          page('audit', 'audit.read', async () => (await import('../audit/AuditPage')).AuditPage),
          page('settings', 'setting.read', async () => (await import('../setting/SettingsPage')).SettingsPage),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
];
