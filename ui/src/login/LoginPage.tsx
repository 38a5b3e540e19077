import { Alert, Button, Form, FormGroup, TextInput, Title } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { api, rememberCsrfToken } from '../api/client';
import { lineFor, Problem } from '../api/problem';
import { SESSION_KEY } from '../api/queries';
import type { Session } from '../api/types';
import { Brand } from '../app/Brand';
import { useSessionQuery } from '../app/session';

/** Where to go after signing in: only ever a place of our own. */
export function destination(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) && !to.startsWith('/login') ? to : '/';
}

function words(error: unknown): string {
  if (error instanceof Problem && error.status === 401) return 'The name or the password is not right.';
  return lineFor(error);
}

export function LoginPage() {
  const client = useQueryClient();
  const [params] = useSearchParams();
  const [username, setUsername] = useState('admin');
  const [password, setPassword] = useState('');
  const session = useSessionQuery();
  const login = useMutation({
    mutationFn: () => api.post('/session', { body: { username, password } }),
    onSuccess: (created) => {
      rememberCsrfToken(created.csrfToken);
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] });
      client.setQueryData<Session | null>(SESSION_KEY, created);
    },
    onError: () => setPassword(''),
  });
  useEffect(() => {
    document.title = 'Sign in · Bulwark';
  }, []);

  if (session.data) return <Navigate to={destination(params.get('to'))} replace />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate();
  };
  return (
    <main className="bw-login">
      <div className="bw-login-card">
        <Brand />
        <Title headingLevel="h1" size="xl">Sign in</Title>
        <Form onSubmit={submit}>
          {login.isError && <Alert isInline variant="danger" title={words(login.error)} role="alert" />}
          {session.isError && <Alert isInline variant="warning" title={lineFor(session.error)} role="alert" />}
          <FormGroup label="Name" isRequired fieldId="username">
            <TextInput
              id="username"
              autoComplete="username"
              isRequired
              value={username}
              onChange={(_event, value) => setUsername(value)}
              maxLength={200}
            />
          </FormGroup>
          <FormGroup label="Password" isRequired fieldId="password">
            <TextInput
              id="password"
              type="password"
              autoComplete="current-password"
              isRequired
              autoFocus
              value={password}
              onChange={(_event, value) => setPassword(value)}
              maxLength={1000}
            />
          </FormGroup>
          <Button type="submit" isBlock isLoading={login.isPending} isDisabled={login.isPending}>
            Sign in
          </Button>
        </Form>
        <p className="bw-quiet">
          The admin password was shown when Bulwark first started. Lost it? Run <code>bulwark admin reset-password</code> on
          Central’s machine.
        </p>
      </div>
    </main>
  );
}
