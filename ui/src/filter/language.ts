/**
 * The filter language of the contract: terms `field:value` that must all hold, `field:a,b` for either, `-field:value`
 * for not, quotes around blanks, `*` for any text, `>` `>=` `<` `<=` for dates and numbers, bare words for names.
 */
export interface Term {
  /** Empty for a word that is searched in names. */
  field: string;
  negated: boolean;
  values: Value[];
}

export interface Value {
  comparison: '' | '>' | '>=' | '<' | '<=';
  /** The text, in which `*` stands for any text and a backslash takes the next character as it is. */
  pattern: string;
}

export class FilterError extends Error {}

const COMPARISONS = ['>=', '<=', '>', '<'] as const;
const BLANK = /[ \t\n\r]/;

/** Reads a filter; throws a FilterError with a line that says what is wrong with it. */
export function parse(text: string, fields?: readonly string[]): Term[] {
  const reader = new Reader(text);
  const terms: Term[] = [];
  for (reader.skipBlanks(); !reader.atEnd; reader.skipBlanks()) {
    const term = reader.term();
    if (term.field !== '' && fields !== undefined && !fields.includes(term.field)) {
      throw new FilterError(`There is no field “${term.field}” here. There are: ${fields.join(', ')}.`);
    }
    terms.push(term);
  }
  return terms;
}

/** Writes terms such that `parse` gives them back. */
export function write(terms: readonly Term[]): string {
  return terms
    .map((term) => (term.negated ? '-' : '') + (term.field === '' ? '' : term.field + ':') + term.values.map(written).join(','))
    .join(' ');
}

/** The value that is exactly this text. */
export function exactly(text: string): Value {
  return { comparison: '', pattern: text.replace(/[\\*]/g, '\\$&') };
}

/** A term as text, for links: `severity:HIGH`. */
export function term(field: string, ...texts: string[]): string {
  return write([{ field, negated: false, values: texts.map(exactly) }]);
}

/** The texts that a field is held against by exact, positive terms; what a menu of choices shows as chosen. */
export function chosen(terms: readonly Term[], field: string): string[] {
  return terms.filter((t) => t.field === field && !t.negated).flatMap((t) => t.values.map((value) => plain(value.pattern)));
}

/** The terms with those of one field replaced by the texts given. Negated terms of the field stay. */
export function choose(terms: readonly Term[], field: string, texts: readonly string[]): Term[] {
  const replacement: Term[] = texts.length === 0 ? [] : [{ field, negated: false, values: texts.map(exactly) }];
  const at = terms.findIndex((t) => t.field === field && !t.negated);
  const others = terms.filter((t) => t.field !== field || t.negated);
  const index = at < 0 ? others.length : terms.slice(0, at).filter((t) => t.field !== field || t.negated).length;
  return [...others.slice(0, index), ...replacement, ...others.slice(index)];
}

function plain(pattern: string): string {
  return pattern.replace(/\\(.)/g, '$1');
}

function written({ comparison, pattern }: Value): string {
  const needsQuotes = pattern === '' || /[ \t\n\r,"\\]/.test(pattern) || /^[<>-]/.test(pattern) || pattern.includes(':');
  return comparison + (needsQuotes ? '"' + pattern.replace(/"/g, '\\"') + '"' : pattern);
}

class Reader {
  private at = 0;
  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  skipBlanks(): void {
    while (!this.atEnd && BLANK.test(this.here())) this.at++;
  }

  term(): Term {
    const negated = this.here() === '-';
    if (negated) this.at++;
    const field = /^\p{L}+(?=:)/u.exec(this.text.slice(this.at))?.[0] ?? '';
    if (field !== '') this.at += field.length + 1;
    const values = [this.value(field)];
    while (this.here() === ',') {
      this.at++;
      values.push(this.value(field));
    }
    if (!this.atEnd && !BLANK.test(this.here())) {
      throw new FilterError('After a quoted value a blank or a comma is expected.');
    }
    return { field, negated, values };
  }

  private value(field: string): Value {
    const comparison = field === '' ? '' : (COMPARISONS.find((sign) => this.text.startsWith(sign, this.at)) ?? '');
    this.at += comparison.length;
    const pattern = this.here() === '"' ? this.quoted() : this.bare();
    if (pattern === '') throw new FilterError(field === '' ? 'A word is expected.' : `A value for ${field} is expected.`);
    return { comparison, pattern };
  }

  private bare(): string {
    const start = this.at;
    while (!this.atEnd && this.here() !== ',' && !BLANK.test(this.here())) {
      if (this.here() === '"') throw new FilterError('A quote can stand only at the beginning of a value.');
      this.at++;
    }
    return this.text.slice(start, this.at).replace(/\\/g, '\\\\');
  }

  private quoted(): string {
    let pattern = '';
    for (this.at++; !this.atEnd && this.here() !== '"'; this.at++) {
      if (this.here() === '\\' && this.at + 1 < this.text.length) {
        this.at++;
        pattern += this.here() === '*' || this.here() === '\\' ? '\\' + this.here() : this.here();
      } else {
        pattern += this.here() === '\\' ? '\\\\' : this.here();
      }
    }
    if (this.atEnd) throw new FilterError('A quote is not closed.');
    this.at++;
    return pattern;
  }

  private here(): string {
    return this.text.charAt(this.at);
  }
}
