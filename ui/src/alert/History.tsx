import { Button, Form, FormGroup, TextArea } from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { api } from '../api/client';
import { lineFor } from '../api/problem';
import type { AlertDetail, AlertEvent } from '../api/types';
import { Time } from '../part/Time';
import { useAlertChange } from './useAlertChange';

const WORDS: Record<AlertEvent['action'], string> = {
  OPENED: 'opened',
  CHANGED: 'changed',
  COMMENTED: 'commented',
  SNOOZED: 'snoozed',
  UNSNOOZED: 'ended the snooze',
  RESOLVED: 'resolved',
};

/** What happened to an alert, newest first, and a place to add to it. */
export function History({ alert, mayComment }: { alert: AlertDetail; mayComment: boolean }) {
  const newestFirst = [...alert.history].sort((a, b) => b.at.localeCompare(a.at));
  return (
    <>
      {mayComment && <CommentForm id={alert.id} />}
      <ol className="bw-history" aria-label="History">
        {newestFirst.map((event, index) => (
          <li key={`${event.at}-${index}`} className={`bw-event bw-event-${event.action}`}>
            <div>
              <strong>{event.actor}</strong> {WORDS[event.action]} <Time at={event.at} />
            </div>
            {event.text !== '' && <div className="bw-lines">{event.text}</div>}
          </li>
        ))}
      </ol>
    </>
  );
}

function CommentForm({ id }: { id: string }) {
  const [text, setText] = useState('');
  const comment = useAlertChange(() => api.post('/alerts/{id}/comments', { id, body: { text: text.trim() } }), {
    said: 'Comment added',
    onDone: () => setText(''),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') comment.mutate();
  };
  return (
    <Form onSubmit={submit} className="bw-comment">
      <FormGroup label="Comment" fieldId="comment">
        <TextArea
          id="comment"
          value={text}
          onChange={(_event, value) => setText(value)}
          maxLength={4000}
          rows={2}
          autoResize
          resizeOrientation="vertical"
        />
      </FormGroup>
      {comment.isError && <p role="alert" className="bw-error">{lineFor(comment.error)}</p>}
      <Button className="bw-start" type="submit" variant="secondary" size="sm" isDisabled={text.trim() === '' || comment.isPending} isLoading={comment.isPending}>
        Add comment
      </Button>
    </Form>
  );
}
