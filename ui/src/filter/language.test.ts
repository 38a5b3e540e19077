import { describe, expect, it } from 'vitest';
import { choose, chosen, exactly, FilterError, parse, term, write } from './language';

describe('the filter language', () => {
  it.each([
    'severity:HIGH',
    'severity:CRITICAL,HIGH -namespace:kube-system web',
    'policy:"Latest tag"',
    'firstSeenAt:>2026-11-01 alerts:>=5',
    'namespace:team-*',
    '"two words"',
    'image:"a\\*b"',
    'label:"a:b"',
    'firstSeenAt:>"2026-11-01T10:00:00Z"',
  ])('writes what it has read: %s', (text) => {
    expect(write(parse(text))).toBe(text);
  });

  it('reads a term with its comparison and its quotes', () => {
    expect(parse('-policy:"a \\"b\\"",c')).toEqual([
      { field: 'policy', negated: true, values: [{ comparison: '', pattern: 'a "b"' }, { comparison: '', pattern: 'c' }] },
    ]);
  });

  it.each([
    ['policy:"open', 'A quote is not closed.'],
    ['severity:', 'A value for severity is expected.'],
    ['severity:HIGH,', 'A value for severity is expected.'],
    ['a"b', 'A quote can stand only at the beginning of a value.'],
    ['"a"b', 'After a quoted value a blank or a comma is expected.'],
  ])('says what is wrong with %s', (text, line) => {
    expect(() => parse(text)).toThrow(new FilterError(line));
  });

  it('names the fields that there are where one is not known', () => {
    expect(() => parse('colour:red', ['severity', 'state'])).toThrow('There are: severity, state.');
  });

  it('takes a star in a name for a star', () => {
    expect(write([{ field: 'policy', negated: false, values: [exactly('a*b\\c')] }])).toBe('policy:"a\\*b\\\\c"');
    expect(chosen(parse('policy:"a\\*b"'), 'policy')).toEqual(['a*b']);
  });

  it('chooses values in place, leaving the other terms and the negated ones alone', () => {
    const terms = parse('platform:false severity:LOW -severity:HIGH web');
    expect(write(choose(terms, 'severity', ['CRITICAL', 'HIGH']))).toBe('platform:false severity:CRITICAL,HIGH -severity:HIGH web');
    expect(write(choose(terms, 'severity', []))).toBe('platform:false -severity:HIGH web');
    expect(write(choose(terms, 'cluster', ['my cluster']))).toBe('platform:false severity:LOW -severity:HIGH web cluster:"my cluster"');
  });

  it('quotes a name with blanks in a link', () => {
    expect(term('policy', 'Latest tag')).toBe('policy:"Latest tag"');
  });
});
